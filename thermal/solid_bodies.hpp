// SPDX-License-Identifier: GPL-3.0-or-later
// What each body of a package is to the elastic solid in one increment: whether it is there, its stiffness, its free
// strain.
#pragma once

#include "thermal/solid.hpp"

#include <array>
#include <optional>
#include <vector>

namespace beachfront::thermal {

using Tensors = std::vector<std::optional<ElasticTensor>>;

struct TemperatureSpan {
  double from_C = 0, to_C = 0;
};

bool present(Part part, const Joined& done);

/// Secant over the span.
ElasticTensor tensor(const Package& package, const Body& body, const Joined& done, const TemperatureSpan& span);
/// As the bodies; empty for those that are not joined.
Tensors tensors(const Package& package, const std::vector<Body>& bodies, const Joined& done,
                const TemperatureSpan& span);
bool same(const Tensors& a, const Tensors& b);
/// Whether the same bodies are there.
bool same_bodies(const Tensors& a, const Tensors& b);

/// Along x, y, z.
std::array<double, 3> free_strain(const Package& package, const Body& body, const Joined& done,
                                  const TemperatureSpan& span);

} // namespace beachfront::thermal
