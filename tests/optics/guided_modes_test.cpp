// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/fibre.hpp"
#include "exact/graded_slab.hpp"
#include "exact/slab.hpp"
#include "optics/guided_modes.hpp"
#include "optics/mode_window.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

using namespace beachfront::optics;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

GuidedModes modes_of(const IndexProfile& profile, double wavelength_um, bool all = true) {
  ModeLimits limits;
  limits.all = all;
  return guided_modes(profile, wavelength_um, profile.background_index, limits);
}

const VectorMode& first(const GuidedModes& modes, Polarization polarization, int order = 0) {
  for (const VectorMode& mode : modes.modes)
    if (mode.polarization == polarization && order-- == 0)
      return mode;
  throw std::runtime_error("no such mode");
}

/// Across the page: a slab in the surface plane, its layers stacked in y.
IndexProfile layered_slab(double core, double substrate, std::optional<double> cover, double thickness_um) {
  return {ChannelProfile{core - substrate, endless, thickness_um, cover ? thickness_um / 2 : 0}, substrate, cover};
}

constexpr double index_tolerance = 2e-8; // the solver refines to 1e-8 and then cuts tails off at 1e-8

} // namespace

TEST(GuidedModes, SlabsOfThreeLayersAreExactInBothPolarisations) {
  struct Case {
    exact::Slab slab;
    double wavelength_um;
    bool covered;
  };
  for (const Case& c : {Case{{1.500, 1.508, 1.500, 6}, 1.31, false}, Case{{1.0, 1.508, 1.500, 6}, 1.31, true},
                        Case{{1.40, 1.50, 1.45, 5}, 1.0, true}, Case{{1.0, 1.56, 1.5, 2.5}, 1.31, true}}) {
    const auto found =
        modes_of(layered_slab(c.slab.core_index, c.slab.substrate_index,
                              c.covered ? std::optional(c.slab.cover_index) : std::nullopt, c.slab.thickness_um),
                 c.wavelength_um);
    const auto exact_index = [&](exact::Field field, int order) { // 0 where the slab has no such mode
      try {
        const double index = exact::slab_index(c.slab, c.wavelength_um, field, order);
        return index > c.slab.substrate_index * (1 + 1e-9) ? index : 0.0;
      } catch (const std::domain_error&) {
        return 0.0;
      }
    };
    int te = 0, tm = 0;
    for (const VectorMode& mode : found.modes) {
      const bool is_te = mode.polarization == Polarization::te;
      const double index = is_te ? exact_index(exact::Field::te, te++) : exact_index(exact::Field::tm, tm++);
      EXPECT_NEAR(mode.effective_index, index, index_tolerance);
      EXPECT_LE(std::abs(mode.effective_index - index), 2 * mode.error_estimate + 1e-10);
    }
    EXPECT_EQ(exact_index(exact::Field::te, te), 0);
    EXPECT_EQ(exact_index(exact::Field::tm, tm), 0);
  }
}

TEST(GuidedModes, GradedSlabsUnderAirAreExactInBothPolarisations) {
  for (const double dn : {0.02, 0.03}) {
    const auto index = [dn](double y) { return 1.503 + dn * std::erfc(y / 5); };
    const auto found = modes_of({SurfaceErfcProfile{dn, 5, endless, 1}, 1.503, 1.0}, 1.31);
    const exact::GradedSlab slab{index, 1.503, 1.0, 1.0, 60};
    EXPECT_NEAR(first(found, Polarization::te).effective_index, exact::graded_index(slab, 1.31, exact::Field::te, 0),
                index_tolerance);
    EXPECT_NEAR(first(found, Polarization::tm).effective_index, exact::graded_index(slab, 1.31, exact::Field::tm, 0),
                index_tolerance);
  }
  // docs/facts/optics.md 3.3, Gaussian under air and buried
  const auto surface = modes_of({GaussianProfile{0.02, endless, 5, 0}, 1.503, 1.0}, 1.31);
  EXPECT_NEAR(first(surface, Polarization::te).effective_index, 1.514465375, index_tolerance);
  EXPECT_NEAR(first(surface, Polarization::te, 1).effective_index, 1.505764235, index_tolerance);
  const auto buried = modes_of({GaussianProfile{0.008, endless, 4, 0}, 1.503, {}}, 1.31);
  EXPECT_NEAR(first(buried, Polarization::te).effective_index, 1.508657152, index_tolerance);
  EXPECT_NEAR(first(buried, Polarization::te, 1).effective_index, 1.504784518, index_tolerance);
}

TEST(GuidedModes, StepFibresAreTheHybridModesOfTheVectorEquation) {
  struct Case {
    exact::StepFibre fibre;
    double wavelength_um;
  };
  for (const Case& c : {Case{{1.4520, 1.4468, 4.1}, 1.31}, Case{{1.4492, 1.4440, 4.1}, 1.55},
                        Case{{1.508, 1.503, 4.2}, 1.31}, Case{{1.4522, 1.4470, 4.1}, 1.31}}) {
    const double dn = c.fibre.core_index - c.fibre.cladding_index;
    const auto found =
        modes_of({StepFibreProfile{dn, c.fibre.core_radius_um, 0}, c.fibre.cladding_index, {}}, c.wavelength_um, false);
    const double exact_index = exact::fibre_index(c.fibre, c.wavelength_um, exact::FibreMode::he, 1, 1);
    EXPECT_NEAR(first(found, Polarization::te).effective_index, exact_index, 1e-7);
    EXPECT_NEAR(first(found, Polarization::tm).effective_index, exact_index, 1e-7);
    const auto spot = exact::he11_spot(c.fibre, c.wavelength_um);
    EXPECT_NEAR(first(found, Polarization::te).mode_field_diameter_x_um, spot.diameter_along_um,
                1e-3 * spot.diameter_along_um);
    EXPECT_NEAR(first(found, Polarization::te).mode_field_diameter_y_um, spot.diameter_across_um,
                1e-3 * spot.diameter_across_um);
    EXPECT_NEAR(first(found, Polarization::te).effective_area_um2, spot.effective_area_um2,
                1e-3 * spot.effective_area_um2);
  }
}

TEST(GuidedModes, AFewModeFibreHasItsHybridAndTransverseModes) {
  const exact::StepFibre fibre{1.4550, 1.4468, 4.1};
  const auto found = modes_of({StepFibreProfile{0.0082, 4.1, 0}, 1.4468, {}}, 1.31);
  std::vector<double> exact_indices = {exact::fibre_index(fibre, 1.31, exact::FibreMode::he, 1, 1),
                                       exact::fibre_index(fibre, 1.31, exact::FibreMode::he, 1, 1),
                                       exact::fibre_index(fibre, 1.31, exact::FibreMode::te, 0, 1),
                                       exact::fibre_index(fibre, 1.31, exact::FibreMode::tm, 0, 1),
                                       exact::fibre_index(fibre, 1.31, exact::FibreMode::he, 2, 1),
                                       exact::fibre_index(fibre, 1.31, exact::FibreMode::he, 2, 1)};
  std::sort(exact_indices.rbegin(), exact_indices.rend());
  ASSERT_EQ(found.modes.size(), exact_indices.size());
  for (std::size_t i = 0; i < exact_indices.size(); ++i)
    EXPECT_NEAR(found.modes[i].effective_index, exact_indices[i], 2 * found.modes[i].error_estimate) << i;
  for (const VectorMode& mode : found.modes)
    EXPECT_LT(mode.error_estimate, 5e-7);
}

TEST(GuidedModes, ConvergedVectorSolutionsAreMet) {
  // independent dense collocation and MPB: tests/optics/exact_vector_reference_test.cpp
  const auto buried = modes_of({GaussianProfile{0.012, 4, 3, 0}, 1.5065, {}}, 1.31);
  EXPECT_NEAR(first(buried, Polarization::te).effective_index, 1.5121201435544, 1e-8);
  EXPECT_NEAR(first(buried, Polarization::tm).effective_index, 1.5121158835125, 1e-8);
  const auto surface = modes_of({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, 1.31);
  EXPECT_NEAR(first(surface, Polarization::te).effective_index, 1.508371632747, 1e-8);
  EXPECT_NEAR(first(surface, Polarization::tm).effective_index, 1.508106543689, 1e-8);
}

TEST(GuidedModes, TheRibOfHadleyIsMetToWhatHisPaperStates) {
  // Rib 3 um wide of 3.44 on 3.40 under air, 1 um in all, slab 0.5 and 0.2 um: J. Lightwave Technol. 20, 1219 (2002),
  // +-3e-6. Corners of high contrast: the error falls with the degree, but not exponentially.
  struct Case {
    double slab_um, index;
  };
  for (const Case& c : {Case{0.2, 3.412279}, Case{0.5, 3.413132}}) {
    std::vector<double> errors;
    for (const int degree : {6, 10}) {
      WindowEdges edges{{0, 0.75, 1.5, 2.2, 4, 9}, {-1.5, -0.5, 0, (1 - c.slab_um) / 2, 1 - c.slab_um, 1, 1.6, 3, 8}};
      edges.mirror_x = true;
      if (c.slab_um < 0.6)
        edges.y_um.insert(edges.y_um.begin() + 5, 1 - c.slab_um / 2);
      Section section = grid_on(edges, degree);
      section.permittivity.resize(section.x.points_um.size(), section.y.points_um.size());
      for (Eigen::Index j = 0; j < section.y.points_um.size(); ++j)
        for (Eigen::Index i = 0; i < section.x.points_um.size(); ++i) {
          const auto inside = [](const SpectralLine& line, Eigen::Index point) {
            const Eigen::Index e = point / line.stride();
            return (line.edges_um[static_cast<std::size_t>(e)] + line.edges_um[static_cast<std::size_t>(e) + 1]) / 2;
          };
          const double x = inside(section.x, i), y = inside(section.y, j);
          const double n = y > 1 ? 3.40 : y > 1 - c.slab_um ? 3.44 : y > 0 && x < 1.5 ? 3.44 : 1.0;
          section.permittivity(i, j) = n * n;
        }
      fill_inverse(section);
      const VectorOperator op(section, 1.15, {false, true});
      DavidsonLimits limits;
      limits.residual = 1e-5;
      limits.most_products = 300;
      const auto pairs = largest_eigenpairs(op.problem(), {op.guesses(1)[0].vector}, 1, limits);
      ASSERT_TRUE(pairs[0].converged);
      errors.push_back(std::abs(std::sqrt(pairs[0].value) * 1.15 / (2 * std::numbers::pi) - c.index));
    }
    EXPECT_LT(errors[1], 1e-5) << c.slab_um;
    EXPECT_LE(errors[1], errors[0]);
  }
}

TEST(GuidedModes, TheErrorFallsExponentiallyWithTheDegree) {
  // buried Gaussian: each step of the degree by two takes more than a factor of eight
  const double exact_index = 1.5121201435544;
  const IndexProfile profile{GaussianProfile{0.012, 4, 3, 0}, 1.5065, {}};
  std::vector<double> errors;
  for (const int degree : {4, 6, 8, 10}) {
    WindowEdges edges{{0, 7, 22}, {0, 5.25, 20}};
    edges.mirror_x = edges.mirror_y = true;
    const VectorOperator op(section_of(profile, grid_on(edges, degree)), 1.31, {false, false});
    DavidsonLimits limits;
    limits.residual = 1e-8;
    const auto pairs = largest_eigenpairs(op.problem(), {op.guesses(1)[0].vector}, 1, limits);
    errors.push_back(std::abs(std::sqrt(pairs[0].value) * 1.31 / (2 * std::numbers::pi) - exact_index));
    std::printf("degree %2d  error of the effective index %.1e\n", degree, errors.back());
  }
  for (std::size_t i = 1; i < errors.size(); ++i)
    EXPECT_LT(errors[i], std::max(errors[i - 1] / 8, 1e-11));
}

TEST(GuidedModes, GroupIndexIsTheSlopeOfTheEffectiveIndex) {
  const auto index_at = [](double wavelength_um) {
    ModeLimits limits;
    limits.index_tolerance = 1e-10;
    limits.all = false;
    return first(guided_modes({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, wavelength_um, 1.5065, limits),
                 Polarization::tm)
        .effective_index;
  };
  constexpr double step_um = 0.002; // truncation 1e-7, rounding 1e-8
  const double slope = (index_at(1.31 + step_um) - index_at(1.31 - step_um)) / (2 * step_um);
  const auto found = modes_of({SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0}, 1.31);
  EXPECT_NEAR(first(found, Polarization::tm).group_index, index_at(1.31) - 1.31 * slope, 1e-6);
}

TEST(GuidedModes, AGuideBelowCutOffHasNoModesAndAWeakOneHas) {
  // under air a guide needs a least strength; a buried one always guides, if only just
  EXPECT_TRUE(modes_of({SurfaceErfcProfile{0.004, 3, 2, 2}, 1.5065, 1.0}, 1.31).modes.empty());
  const auto weak = modes_of({GaussianProfile{0.0015, 3, 3, 0}, 1.5065, {}}, 1.31);
  ASSERT_EQ(weak.modes.size(), 2u);
  EXPECT_GT(weak.modes[0].effective_index, 1.5065);
  EXPECT_LT(weak.modes[0].effective_index, 1.5067);
}

TEST(GuidedModes, ModesGoWithTheGuide) {
  // a fibre off the origin, and a guide turned by a right angle: x and y exchange, TE and TM with them
  const auto one = modes_of({GaussianProfile{0.012, 4, 3, 0}, 1.5065, {}}, 1.31, false);
  const auto turned = modes_of({GaussianProfile{0.012, 3, 4, 12}, 1.5065, {}}, 1.31, false);
  EXPECT_NEAR(first(one, Polarization::te).effective_index, first(turned, Polarization::tm).effective_index, 1e-9);
  EXPECT_NEAR(first(one, Polarization::te).mode_field_diameter_x_um,
              first(turned, Polarization::tm).mode_field_diameter_y_um, 1e-5);
  EXPECT_NEAR(first(turned, Polarization::tm).peak_y_um, 12, 1e-9);
}
