// SPDX-License-Identifier: GPL-3.0-or-later
#include "ion_exchange_cases.hpp"

#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>

using namespace beachfront::optics;

namespace {

const double thermal_voltage_V = 1.380649e-23 / 1.602176634e-19 * (300 + 273.15);

/// Depth at which the fraction falls through a level.
double depth_of(const IonField& ions, double level) {
  double in = 0, out = ions.y_um.back();
  for (int k = 0; k < 60; ++k)
    (ions.smooth_at(0, (in + out) / 2) > level ? in : out) = (in + out) / 2;
  return in;
}

/// The Nernst-Planck equations as they are written for a potential, by explicit steps on a uniform grid, without any of
/// the solver's transformations: both ions and the potential of div[(1 - alpha c) grad phi] = H V_T alpha lap c.
struct PlainCase {
  double mobility_ratio = 0.3, Dt_um2 = 0.16, field_V_per_um = 0;
  double half_opening_um = 2, width_um = 8, thickness_um = 3;
  bool metal = false;
};

double plain_content_um2(const PlainCase& p, double cell_um) {
  const int nx = static_cast<int>(std::lround(p.width_um / cell_um)),
            ny = static_cast<int>(std::lround(p.thickness_um / cell_um));
  const int open = static_cast<int>(std::lround(p.half_opening_um / cell_um)), n = nx * ny;
  const double alpha = 1 - p.mobility_ratio, V = thermal_voltage_V;
  const int steps = static_cast<int>(std::ceil(p.Dt_um2 / (0.8 * cell_um * cell_um * p.mobility_ratio / 4)));
  Eigen::VectorXd c = Eigen::VectorXd::Zero(n), phi, right(n), gain(n);
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver;
  for (int s = 0; s < steps; ++s) {
    std::vector<Eigen::Triplet<double>> entries;
    right.setZero();
    const auto sigma = [&](double a, double b) { return 1 - alpha * (a + b) / 2; };
    const auto link = [&](int a, int b) { // two cells
      const double g = sigma(c[a], c[b]), source = V * alpha * (c[b] - c[a]);
      entries.insert(entries.end(), {{a, a, g}, {b, b, g}, {a, b, -g}, {b, a, -g}});
      right[a] -= source;
      right[b] += source;
    };
    const auto hold = [&](int a, double fraction, double potential) { // a cell and a face half a cell away
      const double g = 2 * sigma(c[a], fraction);
      entries.emplace_back(a, a, g);
      right[a] += g * potential - 2 * V * alpha * (fraction - c[a]);
    };
    // A bias counts from the voltage without current: that of c = 1 at the surface against plain glass.
    const double surface = -V * std::log(1 - alpha);
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const int k = j * nx + i;
        if (i + 1 < nx)
          link(k, k + 1);
        if (j + 1 < ny)
          link(k, k + nx);
        if (j == 0 && i < open)
          hold(k, 1, surface);
        if (j == 0 && i >= open && p.metal)
          hold(k, c[k], surface);
        if (j + 1 == ny && p.field_V_per_um > 0)
          hold(k, 0, -p.field_V_per_um * p.thickness_um);
      }
    Eigen::SparseMatrix<double> matrix(n, n);
    matrix.setFromTriplets(entries.begin(), entries.end());
    if (s == 0)
      solver.analyzePattern(matrix);
    solver.factorize(matrix);
    phi = solver.solve(right);
    gain.setZero();
    const auto flow = [&](double ca, double cb, double fall_V) { return ca - cb + (ca + cb) / 2 * fall_V / V; };
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const int k = j * nx + i;
        const auto pass = [&](int to) {
          const double f = flow(c[k], c[to], phi[k] - phi[to]);
          gain[k] -= f;
          gain[to] += f;
        };
        if (i + 1 < nx)
          pass(k + 1);
        if (j + 1 < ny)
          pass(k + nx);
        if (j == 0 && i < open)
          gain[k] += 2 * flow(1, c[k], surface - phi[k]);
      }
    c += p.Dt_um2 / steps / (cell_um * cell_um) * gain;
  }
  return 2 * cell_um * cell_um * c.sum();
}

Recipe as_recipe(const PlainCase& p) {
  auto r = recipe(p.mobility_ratio, 1, {exchange(p.Dt_um2, p.field_V_per_um)});
  r.mask_opening_um = 2 * p.half_opening_um;
  r.glass_thickness_mm = p.thickness_um / 1e3;
  r.mask = p.metal ? Mask::metal : Mask::insulating;
  return r;
}

} // namespace

// docs/facts/optics.md 1.2 (c) and section 8 row 15: c = 1/(1 + exp[alpha v (x - v t)/D_A]), at M = 0.2 and 0.1 V/um a
// front that moves 0.1/(M V_T) = 10.123 um for every um^2 of D_A t and is 0.5426 um wide.
TEST(IonExchangeField, TravellingFront) {
  const auto early = solve(recipe(0.2, 1, {exchange(1.2, 0.1)})), late = solve(recipe(0.2, 1, {exchange(2.4, 0.1)}));
  const double moved_um = 1.2 * 0.1 / (0.2 * thermal_voltage_V);
  EXPECT_NEAR(moved_um, 1.2 * 36.4444 / 3.6, 1e-4 * moved_um);
  EXPECT_NEAR(depth_of(late, 0.5) - depth_of(early, 0.5), moved_um, 1e-3 * moved_um);
  EXPECT_NEAR(depth_of(late, 0.1) - depth_of(late, 0.9), 0.542607, 0.01 * 0.542607);
  const double middle = depth_of(late, 0.5);
  for (const double x : {-0.4, -0.2, 0.2, 0.4})
    EXPECT_NEAR(late.smooth_at(0, middle + x), 1 / (1 + std::exp(0.8 * 0.1 / (0.2 * thermal_voltage_V) * x)), 0.003);
  EXPECT_NEAR(late.steps[0].current_over_conductivity_V, 0.1,
              1e-12); // no current but the applied one, whatever its resistance
}

// docs/facts/optics.md 1.2 (d), M = 1: D t = 3.6 um^2, v t = 3.6 um.
TEST(IonExchangeField, LinearDrift) {
  const auto ions = solve(recipe(1, 1, {exchange(3.6, thermal_voltage_V)}));
  const double rows[][2] = {{2, 0.8607928}, {4, 0.5668891}, {6, 0.2554648}, {10, 0.0129541}};
  for (const auto& [x, expected] : rows)
    EXPECT_NEAR(ions.smooth_at(0, x), expected, 1e-4);
}

// With a Haven ratio the same voltage drives the ions further: only field/(H V_T) counts.
TEST(IonExchangeField, HavenRatioScalesTheField) {
  auto plain = recipe(0.2, 1, {exchange(1, 0.04)}), correlated = recipe(0.2, 1, {exchange(1, 0.01)});
  correlated.diffusion->haven_ratio = 0.25;
  EXPECT_NEAR(solve(plain).content_um2, solve(correlated).content_um2, 1e-9);
}

TEST(IonExchangeField, VanishingFieldIsNoField) {
  const auto with = solve(recipe(0.15, 1, {exchange(1, 1e-8), diffusion(1, 1e-8)}));
  const auto without = solve(recipe(0.15, 1, {exchange(1), diffusion(1)}));
  for (double y = 0; y < 8; y += 0.1)
    EXPECT_NEAR(with.smooth_at(0, y), without.smooth_at(0, y), 1e-4 * peak_of(without).fraction);
  auto masked = recipe_a0();
  const ExchangeGrid grid{8, 1e-4};
  const double content = solve(masked, grid).content_um2;
  masked.glass_thickness_mm = 0.5;
  masked.steps[0].field_V_per_um = 1e-9;
  masked.steps[1].field_V_per_um = 1e-9;
  EXPECT_NEAR(solve(masked, grid).content_um2, content, 1e-4 * content);
}

// Two grids of the plain solver, whose error under a mask is of first order; its extrapolated content keeps an error of
// second order, of which a quarter of their difference is a bound. Under a metal mask ours is of first order too.
TEST(IonExchangeField, AgreesWithNernstPlanckAsWritten) {
  for (const auto& [field, metal] : {std::pair{0.0, false}, {0.1, false}, {0.0, true}, {0.1, true}}) {
    SCOPED_TRACE(testing::Message() << field << " V/um " << (metal ? "metal" : "insulating"));
    PlainCase p;
    p.field_V_per_um = field;
    p.metal = metal;
    const double coarse = plain_content_um2(p, 0.25), fine = plain_content_um2(p, 0.125);
    EXPECT_NEAR(solve(as_recipe(p), {12, 1e-4}).content_um2, 2 * fine - coarse,
                (metal ? 0.5 : 0.25) * std::abs(fine - coarse));
  }
}

// A metal mask shorts the field that runs ahead of the ions under it: less silver goes aside (Walker and Wilkinson,
// docs/facts/optics.md 1.1). Ions as mobile as sodium make no such field.
TEST(IonExchangeField, MetalMaskHoldsIonsBack) {
  const ExchangeGrid grid{8, 1e-4};
  for (const double M : {0.2, 1.0, 3.0}) {
    SCOPED_TRACE(testing::Message() << "M " << M);
    auto r = recipe(M, 0.9, {exchange(1)});
    r.mask_opening_um = 4;
    const auto tight = solve(r, grid);
    r.mask = Mask::metal;
    const auto metal = solve(r, grid);
    const double aside = metal.smooth_at(3, 0.5) / tight.smooth_at(3, 0.5);
    if (M < 1)
      EXPECT_LT(aside, 0.95);
    else if (M > 1)
      EXPECT_GT(aside, 1.02);
    else
      EXPECT_NEAR(aside, 1, 2e-3); // the nodes under a metal mask are less smooth
  }
}

// Through an opening the current of a bias crowds, so the ions go deeper than the mean field drives them; and through a
// stripped surface they leave the glass alone where it has none.
TEST(IonExchangeField, BurialBringsTheIonsDown) {
  auto r = recipe_a0();
  const ExchangeGrid grid{8, 1e-4};
  const auto thermal = peak_of(solve(r, grid));
  r.steps[1].field_V_per_um = 4 * thermal_voltage_V / 3; // a lone ion drifts 4 um
  const auto ions = solve(r, grid);
  const auto buried = peak_of(ions);
  EXPECT_GT(buried.depth_um, thermal.depth_um + 3);
  EXPECT_GT(buried.fraction, thermal.fraction);
  EXPECT_NEAR(ions.smooth_at(0, 0), 0, 1e-12);
}
