// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/taper.hpp"

#include "optics/end_fire.hpp"
#include "optics/mode_figures.hpp"
#include "optics/mode_window.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <optional>
#include <stdexcept>

namespace beachfront::optics {
namespace {

constexpr int degree = 6;

struct Task {
  const IndexProfile& profile;
  const TaperStack& stack;
  double wavelength_um = 0;
  Polarization polarization = Polarization::te;
  double lateral_um = 0;
  double decay_per_um = 0; ///< of the guide beside itself

  double k_per_um() const { return 2 * std::numbers::pi / wavelength_um; }
  double strip_bottom_um() const { return -stack.bond_line_um; } // y points into the glass
  double strip_top_um() const { return -stack.bond_line_um - stack.strip_thickness_um; }
  Parity parity() const { return {lateral_um == 0 && polarization == Polarization::tm, false}; }
  double cutoff_index() const { return std::max(profile.background_index, stack.chip_index); }
};

std::vector<double> sorted(std::vector<double> edges, double least) {
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end(), [&](double a, double b) { return b - a < least; }), edges.end());
  return edges;
}

/// Along x: the strip's walls, elements that grow away from them, then the guide's own. All positions follow from the
/// strip's by rules that give every width the same number of elements.
std::vector<double> x_edges(const Task& task, double width_um, const std::vector<double>& of_guide) {
  std::vector<double> edges;
  constexpr double near_um[] = {0.25, 0.9, 2.6};
  const double half = width_um / 2;
  if (task.lateral_um == 0) {
    edges = {0, half};
    for (const double step : near_um)
      edges.push_back(half + step);
    for (const double edge : of_guide)
      if (edge > 0.35 + 2.6 + 1)
        edges.push_back(edge);
    return edges;
  }
  edges = {task.lateral_um, task.lateral_um - half, task.lateral_um + half};
  for (const double step : near_um) {
    edges.push_back(task.lateral_um - half - step);
    edges.push_back(task.lateral_um + half + step);
  }
  for (const double edge : of_guide)
    for (const double sign : {-1.0, 1.0})
      if (std::abs(sign * edge - task.lateral_um) > 0.35 + 2.6 + 1)
        edges.push_back(sign * edge);
  std::sort(edges.begin(), edges.end());
  return edges;
}

std::vector<double> y_edges(const Task& task, const std::vector<double>& of_guide) {
  const double top = task.strip_top_um(), bottom = task.strip_bottom_um();
  const double step =
      task.profile.background_index * task.profile.background_index - task.stack.chip_index * task.stack.chip_index;
  const double chip_decay =
      std::sqrt(std::max(task.decay_per_um * task.decay_per_um, task.k_per_um() * task.k_per_um() * step));
  std::vector<double> edges{top - 8 / chip_decay, top - 2.5 / chip_decay, top - 0.25, top, bottom};
  if (bottom < -0.6)
    edges.push_back(bottom + 0.25);
  edges.push_back(0);
  edges.push_back(0.6);
  for (const double edge : of_guide)
    if (edge > 1.2)
      edges.push_back(edge);
  return sorted(edges, 0.02);
}

/// Permittivity at the points of a grid whose edges lie on every wall. `width_um` 0: no strip.
Section section_with(const Task& task, Section section, double width_um) {
  IndexProfile glass = task.profile;
  glass.cover_index = task.stack.bond_index;
  section = section_of(glass, std::move(section));
  const auto middle = [](const SpectralLine& line, Eigen::Index e) {
    const auto at = static_cast<std::size_t>(e);
    return (line.edges_um[at] + line.edges_um[at + 1]) / 2;
  };
  for (Eigen::Index ey = 0; ey < section.y.elements(); ++ey)
    for (Eigen::Index ex = 0; ex < section.x.elements(); ++ex) {
      const double x = middle(section.x, ex), y = middle(section.y, ey);
      if (y > task.strip_bottom_um())
        continue;
      const bool beside = y > task.strip_top_um();
      const bool strip = beside && std::abs(x - task.lateral_um) < width_um / 2;
      const double n = strip ? task.stack.strip_index : beside ? task.stack.side_index : task.stack.chip_index;
      section.permittivity.block(ex * section.x.stride(), ey * section.y.stride(), section.x.stride(),
                                 section.y.stride()) = n * n;
    }
  fill_inverse(section);
  return section;
}

struct Level {
  double index = 0;
  MagneticField field;
};

VectorMode mode_of(const Task& task, const Section& section, const Level& level) {
  VectorMode mode;
  mode.wavelength_um = task.wavelength_um;
  mode.effective_index = level.index;
  mode.section = section;
  mode.magnetic_field = level.field;
  fill_figures(mode, 0, task.profile.background_index, scale_of(task.profile, task.wavelength_um).peak_index);
  return mode;
}

/// The highest guided modes of the wanted polarisation, two at most. Without a mirror plane both polarisations are in
/// the same problem.
std::vector<Level> solve(const Task& task, const Section& section, const std::vector<MagneticField>& like, int count) {
  const VectorOperator op(section, task.wavelength_um, task.parity());
  const bool both = task.lateral_um != 0;
  const int wanted = both ? 2 * count : count;
  std::vector<Eigen::VectorXd> start;
  for (const MagneticField& field : like)
    start.push_back(op.vector_of(field));
  for (const auto& guess : op.guesses(like.size() > 2 ? 2 : 6))
    start.push_back(guess.vector);
  DavidsonLimits limits;
  limits.residual = 2e-5; // of beta^2 in 1/um^2: an index right to 1e-6
  limits.largest_basis = 30 + 10 * wanted;
  limits.most_products = 200 * wanted;
  limits.wanted_above = std::pow(task.k_per_um() * task.cutoff_index(), 2);
  std::vector<Level> levels;
  for (const auto& pair : largest_eigenpairs(op.problem(), start, wanted, limits)) {
    const double index = std::sqrt(std::max(pair.value, 0.0)) / task.k_per_um();
    if (!pair.converged || index <= task.cutoff_index())
      continue;
    Level level{index, op.field_of(pair.vector)};
    if (!both || mode_of(task, section, level).polarization == task.polarization)
      levels.push_back(std::move(level));
  }
  return levels;
}

/// The cross-section of one width, solved.
struct Solved {
  double width_um = 0;
  std::vector<Level> levels;
};

struct Grid {
  std::vector<double> guide_x, y;
};

Section grid_at(const Task& task, const Grid& grid, double width_um) {
  return {SpectralLine(x_edges(task, width_um, grid.guide_x), degree),
          SpectralLine(grid.y, degree),
          task.lateral_um == 0,
          false,
          {}};
}

/// Starts from the nearest width: node by node its fields lie where they should on the moved grid.
Solved solve_width(const Task& task, const Grid& grid, double width_um, const std::vector<Solved>& done,
                   const Level& guide) {
  std::vector<MagneticField> like{guide.field};
  const auto nearest = std::min_element(done.begin(), done.end(), [&](const Solved& a, const Solved& b) {
    return std::abs(a.width_um - width_um) < std::abs(b.width_um - width_um);
  });
  if (nearest != done.end())
    for (const Level& level : nearest->levels)
      like.push_back(level.field);
  return {width_um, solve(task, section_with(task, grid_at(task, grid, width_um), width_um), like, 2)};
}

/// Two coupled levels: what the guide's own index leaves of the local ones. Indices above the guide's.
struct Coupled {
  double detuning = 0; ///< strip less guide
  double coupling = 0; ///< half the gap
};

/// From upper = detuning/2 + root and lower = detuning/2 - root, root^2 = (detuning/2)^2 + coupling^2. Where the lower
/// one is no mode, from the upper one with the coupling of the nearest pair.
Coupled coupled(double upper, double lower, bool pair, double coupling) {
  if (pair)
    return {upper + lower, std::sqrt(std::max(0.0, -upper * lower))};
  return {upper - coupling * coupling / std::max(upper, 1e-9), coupling};
}

std::vector<Coupled> coupled_levels(const TaperModes& modes) {
  double coupling = 0;
  for (auto level = modes.levels.rbegin(); level != modes.levels.rend(); ++level) // the narrowest pair of all
    if (level->lower_index > 0)
      coupling =
          coupled(level->upper_index - modes.guide_index, level->lower_index - modes.guide_index, true, 0).coupling;
  std::vector<Coupled> out;
  for (const TaperLevel& level : modes.levels)
    out.push_back(coupled(level.upper_index - modes.guide_index, level.lower_index - modes.guide_index,
                          level.lower_index > 0, coupling));
  return out;
}

/// A quantity of the levels against width: cubics with the slopes of parabolas through three neighbours.
struct Curve {
  std::vector<double> width_um, value, slope;

  Curve(std::vector<double> widths_um, std::vector<double> values)
      : width_um(std::move(widths_um)), value(std::move(values)), slope(value.size()) {
    const std::size_t n = value.size();
    const auto secant = [&](std::size_t i) { return (value[i + 1] - value[i]) / (width_um[i + 1] - width_um[i]); };
    for (std::size_t i = 0; i < n; ++i) {
      if (i == 0 || i + 1 == n) {
        slope[i] = secant(i == 0 ? 0 : n - 2);
        continue;
      }
      const double before = width_um[i] - width_um[i - 1], after = width_um[i + 1] - width_um[i];
      slope[i] = (after * secant(i - 1) + before * secant(i)) / (before + after);
    }
  }

  struct Point {
    double value = 0, slope = 0;
  };
  Point at(double width) const {
    std::size_t i = 0;
    while (i + 2 < value.size() && width_um[i + 1] < width)
      ++i;
    const double h = width_um[i + 1] - width_um[i], t = (width - width_um[i]) / h, u = 1 - t;
    const double rise = value[i + 1] - value[i];
    return {u * u * (1 + 2 * t) * value[i] + t * t * (3 - 2 * t) * value[i + 1] +
                h * t * u * (u * slope[i] - t * slope[i + 1]),
            6 * t * u * rise / h + u * (1 - 3 * t) * slope[i] + t * (3 * t - 2) * slope[i + 1]};
  }
};

/// Where the detuning changes sign: the level before it, and the share of the way to the next; nothing if it does not.
struct Place {
  std::size_t before = 0;
  double share = 0;
};

std::optional<Place> match_place(const std::vector<Coupled>& levels) {
  for (std::size_t i = 0; i + 1 < levels.size(); ++i)
    if (levels[i].detuning < 0 && levels[i + 1].detuning >= 0)
      return Place{i, levels[i].detuning / (levels[i].detuning - levels[i + 1].detuning)};
  return std::nullopt;
}

double mix(double a, double b, double share) {
  return a + share * (b - a);
}

void fill_levels(TaperModes& modes, const std::vector<Solved>& solved) {
  modes.levels.clear();
  for (const Solved& one : solved)
    if (!one.levels.empty())
      modes.levels.push_back({one.width_um, one.levels[0].index, one.levels.size() > 1 ? one.levels[1].index : 0.0});
}

void add(std::vector<Solved>& solved, Solved one) {
  const auto after =
      std::find_if(solved.begin(), solved.end(), [&](const Solved& s) { return s.width_um > one.width_um; });
  solved.insert(after, std::move(one));
}

} // namespace

TaperModes taper_modes(const IndexProfile& profile, const TaperStack& stack, double narrow_um, double wide_um,
                       double wavelength_um, Polarization polarization, double lateral_um, int count) {
  if (!(narrow_um > 0 && wide_um > narrow_um && wide_um < 2) || !(stack.bond_line_um > 0.1))
    throw std::invalid_argument(
        "taper_modes: widths must rise, from above 0 to below 2 um, over a bond line above 0.1 um");
  if (!(stack.strip_index > std::max({profile.background_index, stack.side_index, stack.chip_index})))
    throw std::invalid_argument("taper_modes: the strip must have the highest index");
  IndexProfile covered = profile;
  covered.cover_index = std::min(stack.bond_index, profile.background_index); // for the size of the window
  const GuideScale scale = scale_of(covered, wavelength_um);
  const WindowEdges window = window_for(covered, scale, {scale.decay_per_um, scale.decay_per_um});
  TaperModes modes;
  modes.polarization = polarization;
  modes.wavelength_um = wavelength_um;
  const Task task{profile, stack, wavelength_um, polarization, lateral_um, scale.decay_per_um};
  const Grid grid{window.x_um, y_edges(task, window.y_um)};
  const Section tip_grid = grid_at(task, grid, narrow_um);
  const Section bare = section_with(task, tip_grid, 0);
  const auto guide = solve(task, bare, {}, 1);
  if (guide.empty()) {
    modes.missing = "the guide has no mode of this polarisation under this stack";
    return modes;
  }
  modes.guide_index = guide[0].index;
  std::vector<Solved> solved;
  const int even = std::max(3, count / 2);
  for (int i = even - 1; i >= 0; --i) // from the wide end, where the strip's mode is easily found
    add(solved,
        solve_width(task, grid, mix(narrow_um, wide_um, static_cast<double>(i) / (even - 1)), solved, guide[0]));
  for (int i = even; i < count; ++i) {
    fill_levels(modes, solved);
    const auto place = match_place(coupled_levels(modes));
    if (!place)
      break;
    // between the matching width, for the gap, and the middle of the wider half, for the slope
    const double low = modes.levels[place->before].width_um, high = modes.levels[place->before + 1].width_um;
    const double share = i % 2 == even % 2 ? 0.5 : std::clamp(place->share, 0.1, 0.9);
    add(solved, solve_width(task, grid, mix(low, high, share), solved, guide[0]));
  }
  fill_levels(modes, solved);
  const auto levels = coupled_levels(modes);
  const auto place = match_place(levels);
  if (place) {
    modes.match_width_um =
        mix(modes.levels[place->before].width_um, modes.levels[place->before + 1].width_um, place->share);
    modes.gap_index = 2 * mix(levels[place->before].coupling, levels[place->before + 1].coupling, place->share);
  } else {
    modes.missing = stack.bond_index > modes.guide_index ? "the bond line itself guides: its index is above the guide's"
                                                         : "strip and guide have no common index between these widths";
  }
  if (!solved.front().levels.empty())
    modes.tip_loss_dB =
        butt_loss_dB(facet_field(mode_of(task, section_with(task, tip_grid, narrow_um), solved.front().levels[0])),
                     facet_field(mode_of(task, bare, guide[0])));
  return modes;
}

TaperTransfer taper_transfer(const TaperModes& modes, double length_um) {
  using Complex = std::complex<double>;
  const auto levels = coupled_levels(modes);
  const auto place = match_place(levels);
  const auto is_pair = [](const TaperLevel& level) { return level.lower_index > 0; };
  if (levels.size() < 2 || std::none_of(modes.levels.begin(), modes.levels.end(), is_pair) || !(length_um > 0))
    throw std::invalid_argument("taper_transfer: needs widths at which two modes are guided, and a length above 0");
  const double narrow = modes.levels.front().width_um, wide = modes.levels.back().width_um;
  const double k = 2 * std::numbers::pi / modes.wavelength_um;
  std::vector<double> widths, detunings, couplings;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    widths.push_back(modes.levels[i].width_um);
    detunings.push_back(levels[i].detuning);
    couplings.push_back(levels[i].coupling);
  }
  const Curve detuning(widths, detunings), coupling(widths, couplings);
  const auto at_width = [&](double width) { return Coupled{detuning.at(width).value, coupling.at(width).value}; };
  // upper local mode = cos(t) strip + sin(t) guide, tan(2t) = 2 coupling/detuning
  const auto mixing = [](const Coupled& at) { return std::atan2(2 * at.coupling, at.detuning) / 2; };
  double largest = 0;
  for (const Coupled& level : levels)
    largest = std::max(largest, std::hypot(level.detuning / 2, level.coupling));
  const int steps = std::max(2000, static_cast<int>(std::ceil(length_um * k * largest / 0.2)));
  const double step_um = length_um / steps, start = mixing(at_width(wide));
  Complex strip = std::cos(start), guide = std::sin(start);
  for (int i = 0; i < steps; ++i) {
    const Coupled at = at_width(mix(wide, narrow, (i + 0.5) / steps));
    const double half = at.detuning / 2, root = std::hypot(half, at.coupling);
    const double c = std::cos(k * root * step_um), s = std::sin(k * root * step_um) / root;
    const Complex next(strip * Complex(c, -s * half) - guide * Complex(0, s * at.coupling));
    guide = guide * Complex(c, s * half) - strip * Complex(0, s * at.coupling);
    strip = next;
  }
  const double end = mixing(at_width(narrow));
  TaperTransfer out;
  out.transferred = std::norm(strip * std::cos(end) + guide * std::sin(end));
  out.loss_dB = std::max(0.0, -10 * std::log10(std::max(out.transferred, 1e-30))) + modes.tip_loss_dB;
  if (place) {
    const double per_um = detuning.at(modes.match_width_um).slope * (wide - narrow) / length_um;
    out.adiabaticity = std::numbers::pi / 2 * k * modes.gap_index * modes.gap_index / per_um;
    out.landau_zener_loss_dB = -10 * std::log10(-std::expm1(-out.adiabaticity));
  }
  return out;
}

double taper_polarization_dependent_loss_dB(const TaperTransfer& te, const TaperTransfer& tm) {
  return std::abs(te.loss_dB - tm.loss_dB);
}

} // namespace beachfront::optics
