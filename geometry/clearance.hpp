// SPDX-License-Identifier: GPL-3.0-or-later
// The verifier's rule "keep_out": guides keep clear of bodies.
#pragma once

#include "geometry/obstacles.hpp"
#include "geometry/subject.hpp"

#include <boost/geometry/core/cs.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <utility>
#include <vector>

namespace beachfront::geometry {

using BodyPoint = boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>;
using BodyBox = boost::geometry::model::box<BodyPoint>;
using BodyEntry = std::pair<BodyBox, std::size_t>;

/// What guides must keep clear of, and where it is.
struct Bodies {
  std::vector<Obstacle> all;
  boost::geometry::index::rtree<BodyEntry, boost::geometry::index::rstar<16>> tree;
};

Bodies bodies_of(const Package& package, const Layout& layout);

/// One violation a body at most, in the order of the bodies.
void check_bodies(const Subject& subject, const Bodies& bodies, double clearance_mm,
                  std::vector<Violation>& violations);

} // namespace beachfront::geometry
