// SPDX-License-Identifier: GPL-3.0-or-later
// The verifier's rule "port": guides start at a port and end at a fibre or, as links, at a port of another engine.
#pragma once

#include "geometry/subject.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace beachfront::geometry {

/// Ports of an engine by x + y, which differs by root 2 times their distance at most; and connectors by index.
struct Ends {
  struct Port {
    double key_mm = 0;
    std::size_t order = 0;
    const PlacedPort* port = nullptr;
  };
  std::map<int, std::vector<Port>> ports;
  std::map<int, const PlacedConnector*> connectors;
};

Ends ends_of(const Layout& layout);

/// The connector of the guide; none where there is no such connector, or for a link.
const PlacedConnector* connector_of(const Guide& guide, const Ends& ends);

void check_ends(const Guide& guide, const Ends& ends, const PlacedConnector* connector,
                std::vector<Violation>& violations);

} // namespace beachfront::geometry
