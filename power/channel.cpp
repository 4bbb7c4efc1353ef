// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/channel.hpp"

#include "geometry/names.hpp"

#include <Eigen/SparseCholesky>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::power {
namespace {

using std::numbers::pi;

constexpr double speed_of_light_m_per_s = 299792458;
constexpr double vacuum_permeability_H_per_m = 4e-7 * pi;
constexpr double vacuum_impedance_ohm = vacuum_permeability_H_per_m * speed_of_light_m_per_s;
constexpr double dB_per_neper = 8.685889638065037; // 20/ln 10

/// A quarter of the pair's section, in any unit of length: x from the middle between the traces, y from their middle
/// plane.
struct Section {
  double inner; ///< half the space
  double outer; ///< inner plus the line
  double upper; ///< half the thickness of the copper
  double plane; ///< height of the plane above the middle
};

Section section_of(const StriplinePair& pair) {
  return {pair.space_um / 2, pair.space_um / 2 + pair.line_um, pair.copper_thickness_um / 2,
          pair.film_um + pair.copper_thickness_um / 2};
}

/// Every copper face moved back by `depth`. The middle between the traces is no copper and stays.
Section recessed(const Section& section, double depth) {
  return {section.inner + depth, section.outer - depth, section.upper - depth, section.plane + depth};
}

/// `cells` more coordinates up to `to`, the distance to both ends falling as its cube: the field at an edge without
/// thickness grows as 1/sqrt of the distance, and so meshes of half the cell size converge as if there were no edge.
void append_graded(std::vector<double>& coordinates, double to, int cells) {
  const double from = coordinates.back();
  for (int i = 1; i < cells; ++i) {
    const double u = static_cast<double>(i) / cells;
    coordinates.push_back(from + (to - from) * u * u * u * (10 - 15 * u + 6 * u * u));
  }
  coordinates.push_back(to);
}

struct Mesh {
  std::vector<double> x, y;
  std::size_t inner = 0, outer = 0, upper = 0; ///< coordinates on the faces of the trace
  std::size_t node(std::size_t i, std::size_t j) const { return i * y.size() + j; }
};

Mesh mesh_of(const Section& section, int cells) {
  // Beyond the trace the field dies as exp(-pi x/2h), h half the distance of the planes: 6 h leave 1e-4 of it, and
  // 1e-8 of the energy.
  const double far = section.outer + 6 * section.plane;
  Mesh mesh{{0}, {0}};
  append_graded(mesh.x, section.inner, cells);
  mesh.inner = mesh.x.size() - 1;
  append_graded(mesh.x, section.outer, cells);
  mesh.outer = mesh.x.size() - 1;
  append_graded(mesh.x, far, 2 * cells);
  if (section.upper > 0)
    append_graded(mesh.y, section.upper, cells);
  mesh.upper = mesh.y.size() - 1;
  append_graded(mesh.y, section.plane, cells);
  return mesh;
}

/// Potential where copper or symmetry fixes it: 1 on the trace, 0 on the plane and between the traces; else -1.
double fixed_potential(const Mesh& mesh, std::size_t i, std::size_t j) {
  if (i == 0 || j + 1 == mesh.y.size())
    return 0;
  return i >= mesh.inner && i <= mesh.outer && j <= mesh.upper ? 1 : -1;
}

/// Stiffness of a bilinear element between two of its corners, numbered as bits: 1 to the right, 2 above.
/// `slenderness` is its height over its width.
double stiffness(double slenderness, std::size_t a, std::size_t b) {
  const bool same_x = (a & 1) == (b & 1);
  const bool same_y = (a & 2) == (b & 2);
  return (same_x ? 1 : -1) * (same_y ? 2 : 1) * slenderness / 6 +
         (same_y ? 1 : -1) * (same_x ? 2 : 1) / (6 * slenderness);
}

/// Calls `visit(slenderness, corners)` for every element.
template <typename Visit>
void for_elements(const Mesh& mesh, Visit visit) {
  for (std::size_t i = 0; i + 1 < mesh.x.size(); ++i)
    for (std::size_t j = 0; j + 1 < mesh.y.size(); ++j)
      visit((mesh.y[j + 1] - mesh.y[j]) / (mesh.x[i + 1] - mesh.x[i]),
            std::array{mesh.node(i, j), mesh.node(i + 1, j), mesh.node(i, j + 1), mesh.node(i + 1, j + 1)});
}

/// Potential of every node: that of least energy.
std::vector<double> solve_potential(const Mesh& mesh) {
  std::vector<double> potential(mesh.x.size() * mesh.y.size());
  std::vector<int> unknown(potential.size(), -1);
  int unknowns = 0;
  for (std::size_t i = 0; i < mesh.x.size(); ++i)
    for (std::size_t j = 0; j < mesh.y.size(); ++j) {
      potential[mesh.node(i, j)] = fixed_potential(mesh, i, j);
      if (potential[mesh.node(i, j)] < 0)
        unknown[mesh.node(i, j)] = unknowns++;
    }

  Eigen::VectorXd load = Eigen::VectorXd::Zero(unknowns);
  std::vector<Eigen::Triplet<double>> entries;
  for_elements(mesh, [&](double slenderness, const std::array<std::size_t, 4>& corners) {
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < 4; ++b) {
        const int row = unknown[corners[a]];
        const int column = unknown[corners[b]];
        if (row >= 0 && column >= 0)
          entries.emplace_back(row, column, stiffness(slenderness, a, b));
        else if (row >= 0)
          load[row] -= stiffness(slenderness, a, b) * potential[corners[b]];
      }
  });
  Eigen::SparseMatrix<double> matrix(unknowns, unknowns);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor(matrix);
  const Eigen::VectorXd solution = factor.solve(load);
  for (std::size_t n = 0; n < potential.size(); ++n)
    if (unknown[n] >= 0)
      potential[n] = solution[unknown[n]];
  return potential;
}

/// Integral of the squared gradient over the quarter.
double energy(const Mesh& mesh, const std::vector<double>& potential) {
  double sum = 0;
  for_elements(mesh, [&](double slenderness, const std::array<std::size_t, 4>& corners) {
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < 4; ++b)
        sum += stiffness(slenderness, a, b) * potential[corners[a]] * potential[corners[b]];
  });
  return sum;
}

/// Energy of the quarter, and how it grows as the copper recedes. The potential is of least energy, so to first order
/// the energy changes as if the potential stayed with its nodes: no second solution is needed.
struct Energy {
  double value = 0;
  double growth_per_um = 0;
};

Energy quarter_energy(const Section& section, int cells, double step_um) {
  const Mesh mesh = mesh_of(section, cells);
  const std::vector<double> potential = solve_potential(mesh);
  Energy result{energy(mesh, potential), 0};
  if (step_um > 0)
    result.growth_per_um = (energy(mesh_of(recessed(section, step_um), cells), potential) -
                            energy(mesh_of(recessed(section, -step_um), cells), potential)) /
                           (2 * step_um);
  return result;
}

/// Impedance of one trace against the middle between both, in vacuum, and how it grows as the copper recedes. The
/// quarter holds half of a trace's field, so its capacitance is twice the quarter's energy (times the permittivity).
struct OddMode {
  double impedance_ohm = 0;
  double growth_ohm_per_um = 0;
};

OddMode odd_mode_in_vacuum(const Section& section, double step_um) {
  constexpr int cells = 12;
  const Energy coarse = quarter_energy(section, cells, step_um);
  const Energy fine = quarter_energy(section, 2 * cells, step_um);
  const auto limit = [](double at_coarse, double at_fine) { // second order in the cell size
    return at_fine + (at_fine - at_coarse) / 3;
  };
  const double value = limit(coarse.value, fine.value);
  const double impedance_ohm = vacuum_impedance_ohm / (2 * value);
  return {impedance_ohm, -impedance_ohm / value * limit(coarse.growth_per_um, fine.growth_per_um)};
}

void require(bool holds, const char* what) {
  if (!holds)
    throw std::invalid_argument(what);
}

void check_shape(const StriplinePair& pair) {
  require(pair.line_um > 0 && pair.space_um > 0 && pair.film_um > 0, "a pair needs width, space and film above 0");
  require(pair.copper_thickness_um >= 0, "copper of a negative thickness");
  require(pair.dielectric_constant >= 1, "a dielectric constant below 1");
}

} // namespace

double skin_depth_um(double frequency_GHz, double conductivity_MS_per_m) {
  return 1e6 / std::sqrt(pi * frequency_GHz * 1e9 * vacuum_permeability_H_per_m * conductivity_MS_per_m * 1e6);
}

double roughness_factor(double roughness_um, double skin_depth_um) {
  const double ratio = roughness_um / skin_depth_um;
  return 1 + 2 / pi * std::atan(1.4 * ratio * ratio);
}

double differential_impedance_ohm(const StriplinePair& pair) {
  check_shape(pair);
  return 2 * odd_mode_in_vacuum(section_of(pair), 0).impedance_ohm / std::sqrt(pair.dielectric_constant);
}

PairFigures pair_figures(const StriplinePair& pair, double frequency_GHz) {
  check_shape(pair);
  require(frequency_GHz > 0 && pair.conductivity_MS_per_m > 0, "frequency and conductivity must be above 0");
  require(pair.copper_thickness_um > 0, "a trace without thickness has no finite loss");
  require(pair.roughness_um >= 0 && pair.loss_tangent >= 0, "roughness and loss tangent must not be negative");

  // The step is small against the section and large against rounding.
  const double step_um = 1e-3 * std::min({pair.line_um, pair.space_um, pair.copper_thickness_um, pair.film_um});
  const OddMode vacuum = odd_mode_in_vacuum(section_of(pair), step_um);
  const double index = std::sqrt(pair.dielectric_constant);
  const double odd_ohm = vacuum.impedance_ohm / index;

  // Wheeler: a face of surface resistance Rs adds Rs/mu0 times the change of inductance as the face recedes, and the
  // inductance is that of vacuum, Z/c.
  const double skin_um = skin_depth_um(frequency_GHz, pair.conductivity_MS_per_m);
  const double surface_ohm =
      roughness_factor(pair.roughness_um, skin_um) / (pair.conductivity_MS_per_m * skin_um); // 1/(sigma depth)
  const double resistance_ohm_per_mm = 1000 * surface_ohm / vacuum_impedance_ohm * vacuum.growth_ohm_per_um;

  PairFigures figures;
  figures.impedance_ohm = 2 * odd_ohm;
  figures.conductor_loss_dB_per_mm = dB_per_neper * resistance_ohm_per_mm / (2 * odd_ohm);
  figures.dielectric_loss_dB_per_mm =
      dB_per_neper * pi * frequency_GHz * 1e9 * index * pair.loss_tangent / (1000 * speed_of_light_m_per_s);
  return figures;
}

double nyquist_GHz(double lane_rate_Gbps, double coding_overhead, int bits_per_symbol) {
  require(bits_per_symbol >= 1, "fewer than one bit a symbol");
  return lane_rate_Gbps * (1 + coding_overhead) / (2 * bits_per_symbol);
}

ClassLimit class_limit(HostSerdes serdes, double lane_rate_Gbps) {
  const bool to_112G = lane_rate_Gbps <= 112;
  switch (serdes) {
  case HostSerdes::extra_short_reach:
    return to_112G ? ClassLimit{13, "OIF CEI-112G-XSR+, bump to bump"}
                   : ClassLimit{10, "assumption: the 50 mm of OIF's CEI-224G framework over the package line of "
                                    "IEEE 802.3 COM, 0.15 to 0.20 dB/mm"};
  case HostSerdes::linear:
    return to_112G ? ClassLimit{15, "measured over a linear module, OFC 2024 W4H.3"}
                   : ClassLimit{22, "published limit of linear modules, OFC 2025 M2H.1 (22 to 31 dB)"};
  case HostSerdes::very_short_reach:
    return to_112G ? ClassLimit{16, "OIF CEI-112G-VSR"}
                   : ClassLimit{32, "CEI-224G-VSR demonstration, OFC 2024, die to die; no limit is published"};
  case HostSerdes::long_reach:
    break;
  }
  return to_112G ? ClassLimit{28, "OIF CEI-112G-LR, recalled"} : ClassLimit{40, "IEEE 802.3dj, die to die"};
}

ChannelFigures channel_figures(const geometry::ElectricalEscape& escape, const PairFigures& line, double nyquist_GHz,
                               double transition_loss_dB, const ClassLimit& limit) {
  ChannelFigures figures;
  figures.nyquist_GHz = nyquist_GHz;
  figures.line = line;
  figures.limit = limit;
  const double loss_dB_per_mm = figures.line.loss_dB_per_mm();
  for (const geometry::EngineEscape& engine : escape.engines)
    figures.engines.push_back({engine.engine, engine.lanes, engine.place, engine.trace_length_mm,
                               engine.trace_length_mm * loss_dB_per_mm + 2 * transition_loss_dB});
  if (figures.engines.empty())
    return figures;
  const EngineChannel& worst = *std::max_element(
      figures.engines.begin(), figures.engines.end(),
      [](const EngineChannel& a, const EngineChannel& b) { return a.insertion_loss_dB < b.insertion_loss_dB; });
  figures.worst_margin_dB = limit.loss_dB - worst.insertion_loss_dB;
  if (figures.worst_margin_dB < 0) {
    const double shorter_mm = -figures.worst_margin_dB / loss_dB_per_mm;
    const std::string name = geometry::engine_name(worst.engine);
    figures.violations.push_back(
        {"channel_loss", name, worst.place, worst.insertion_loss_dB, limit.loss_dB, "dB",
         shorter_mm < worst.trace_length_mm
             ? fmt::format("{:.1f} mm of traces to engine {} lose {:.1f} dB at {:.4g} GHz, the SerDes class takes {:g} "
                           "dB: the traces must be {:.1f} mm shorter",
                           worst.trace_length_mm, name, worst.insertion_loss_dB, nyquist_GHz, limit.loss_dB, shorter_mm)
             : fmt::format("bumps and vias on the way to engine {} alone lose {:.1f} dB at {:.4g} GHz, the SerDes "
                           "class takes {:g} dB",
                           name, 2 * transition_loss_dB, nyquist_GHz, limit.loss_dB)});
  }
  return figures;
}

} // namespace beachfront::power
