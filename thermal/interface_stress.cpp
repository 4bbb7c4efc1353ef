// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/interface_stress.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double mm_per_um = 1e-3;
constexpr double MPa_per_GPa = 1e3;

/// A plate or bond in mm and MPa.
struct Plate {
  double h = 0, e = 0, nu = 0;
  double shear_modulus() const { return e / (2 * (1 + nu)); }
};

Plate plate(const Adherend& a) {
  return {a.thickness_um * mm_per_um, a.youngs_modulus_GPa * MPa_per_GPa, a.poisson_ratio};
}
Plate plate(const BondLayer& b) {
  return {b.thickness_um * mm_per_um, b.youngs_modulus_GPa * MPa_per_GPa, b.poisson_ratio};
}

double shear_compliance_mm_per_MPa(const Adherend& a) {
  if (a.shear_compliance_um_per_GPa > 0)
    return a.shear_compliance_um_per_GPa * mm_per_um / MPa_per_GPa;
  const Plate p = plate(a);
  return p.h / (3 * p.shear_modulus());
}

double rigidity_N_mm(const Adherend& a) {
  if (a.flexural_rigidity_N_mm > 0)
    return a.flexural_rigidity_N_mm;
  const Plate p = plate(a);
  return p.e * p.h * p.h * p.h / (12 * (1 - p.nu));
}

/// What the upper plate wants to expand more than the lower.
double mismatch(const BondedPair& pair) {
  return pair.upper.free_strain - pair.lower.free_strain;
}

/// sinh(kx)/cosh(kl) without overflow for long joints.
double sinh_over_cosh(double kx, double kl) {
  const double decay = std::exp(std::abs(kx) - kl);
  const double value = decay * (1 - std::exp(-2 * std::abs(kx))) / (1 + std::exp(-2 * kl));
  return std::copysign(value, kx);
}

/// I1(x) / I0(x) for x > 0 by its continued fraction, which neither overflows nor cancels.
double bessel_ratio_1_to_0(double x) {
  // 1 / (2/x + 1 / (4/x + 1 / (6/x + ...))), evaluated from far inside.
  double tail = 0;
  for (int n = 60 + static_cast<int>(x); n >= 1; --n)
    tail = 1 / (2 * n / x + tail);
  return tail;
}

double chen_nelson_rate_squared(const BondedPair& pair) {
  const Plate a = plate(pair.upper), b = plate(pair.lower), bond = plate(pair.bond);
  return bond.shear_modulus() / bond.h * (1 / (a.e * a.h) + 1 / (b.e * b.h));
}

/// Of a bond that cannot contract in its plane.
double confined_spring_MPa_per_mm(const Plate& bond) {
  return bond.e * (1 - bond.nu) / ((1 + bond.nu) * (1 - 2 * bond.nu)) / bond.h;
}

/// beta of two plates on an elastic foundation.
double opening_rate_per_mm(const Adherend& upper, const Adherend& lower, double spring_MPa_per_mm) {
  return std::pow(spring_MPa_per_mm * (1 / rigidity_N_mm(upper) + 1 / rigidity_N_mm(lower)) / 4, 0.25);
}

} // namespace

ShearLag shear_lag(const BondedPair& pair) {
  const Plate a = plate(pair.upper), b = plate(pair.lower), bond = plate(pair.bond);
  const double rigidity = rigidity_N_mm(pair.upper) + rigidity_N_mm(pair.lower);
  const double lever = a.h + bond.h + b.h;
  ShearLag lag;
  lag.axial_compliance_mm_per_N = (1 - a.nu) / (a.e * a.h) + (1 - b.nu) / (b.e * b.h) + lever * lever / (4 * rigidity);
  const double shear_compliance = shear_compliance_mm_per_MPa(pair.upper) + 2 * bond.h / (3 * bond.shear_modulus()) +
                                  shear_compliance_mm_per_MPa(pair.lower);
  lag.rate_per_mm = std::sqrt(lag.axial_compliance_mm_per_N / shear_compliance);
  const double k = lag.rate_per_mm, kl = k * pair.half_length_mm;
  const double full_force = mismatch(pair) / lag.axial_compliance_mm_per_N;
  lag.peak_shear_MPa = k * full_force * std::tanh(kl);
  lag.shear_slope_MPa_per_mm = k * k * full_force;
  lag.force_N_per_mm = full_force * (1 - 1 / std::cosh(kl));
  lag.curvature_per_mm = lag.force_N_per_mm * lever / (2 * rigidity);
  return lag;
}

double shear_MPa(const ShearLag& lag, double half_length_mm, double x_mm) {
  if (lag.rate_per_mm == 0)
    return 0;
  const double full_force = lag.shear_slope_MPa_per_mm / (lag.rate_per_mm * lag.rate_per_mm);
  return lag.rate_per_mm * full_force * sinh_over_cosh(lag.rate_per_mm * x_mm, lag.rate_per_mm * half_length_mm);
}

double slip_um(const BondedPair& pair, double x_mm) {
  const double k = shear_lag(pair).rate_per_mm;
  const double x = std::clamp(x_mm, -pair.half_length_mm, pair.half_length_mm);
  if (k == 0) // a joint without stiffness
    return mismatch(pair) * x / mm_per_um;
  return mismatch(pair) / k * sinh_over_cosh(k * x, k * pair.half_length_mm) / mm_per_um;
}

double bond_slip_um(const BondedPair& pair, double x_mm) {
  const double slip = slip_um(pair, x_mm), half_mm = pair.half_length_mm;
  const Plate bond = plate(pair.bond);
  if (bond.shear_modulus() == 0)
    return slip;
  const double shear = shear_MPa(shear_lag(pair), half_mm, std::clamp(x_mm, -half_mm, half_mm));
  const double of_bond = shear * bond.h / bond.shear_modulus() / mm_per_um;
  return std::abs(of_bond) < std::abs(slip) ? of_bond : slip;
}

EdgeOpening edge_opening(const BondedPair& pair, double curvature_per_mm, double distance_from_edge_mm) {
  const Plate bond = plate(pair.bond);
  const double beta = opening_rate_per_mm(pair.upper, pair.lower, confined_spring_MPa_per_mm(bond));
  const double phase = beta * distance_from_edge_mm, decay = std::exp(-phase);
  constexpr double mrad_per_rad = 1e3;
  return {curvature_per_mm / (2 * beta * beta) * decay * (std::cos(phase) - std::sin(phase)) / mm_per_um,
          curvature_per_mm / beta * decay * std::cos(phase) * mrad_per_rad};
}

double mean_peel_MPa(const BondedPair& pair, double patch_um) {
  const Plate a = plate(pair.upper), b = plate(pair.lower), bond = plate(pair.bond);
  const double d1 = rigidity_N_mm(pair.upper), d2 = rigidity_N_mm(pair.lower);
  const double spring = confined_spring_MPa_per_mm(bond);
  if (spring == 0)
    return 0;
  const ShearLag lag = shear_lag(pair);
  const double k = lag.rate_per_mm;
  const double beta = opening_rate_per_mm(pair.upper, pair.lower, spring), beta4 = beta * beta * beta * beta;
  const double lever = (a.h / d1 - b.h / d2) / 2;
  // With s the distance from the edge: p = driven e^-ks + e^-beta s (even cos beta s + odd sin beta s); the edge is
  // free of moment (p'' = 0) and of force (p''' = -spring x lever x shear).
  const double driven = spring * lever * lag.shear_slope_MPa_per_mm / (k * k * k * k + 4 * beta4);
  const double odd = driven * k * k / (2 * beta * beta);
  const double even = (driven * k * k * k - spring * lever * lag.peak_shear_MPa) / (2 * beta * beta * beta) - odd;
  const double d = patch_um * mm_per_um;
  const double decay = std::exp(-beta * d), c = std::cos(beta * d), s = std::sin(beta * d);
  const double integral_cos = (1 + decay * (s - c)) / (2 * beta);
  const double integral_sin = (1 - decay * (s + c)) / (2 * beta);
  return (driven * (1 - std::exp(-k * d)) / k + even * integral_cos + odd * integral_sin) / d;
}

double chen_nelson_rate_per_mm(const BondedPair& pair) {
  return std::sqrt(chen_nelson_rate_squared(pair));
}

double chen_nelson_shear_MPa(const BondedPair& pair) {
  const Plate bond = plate(pair.bond);
  const double beta = chen_nelson_rate_per_mm(pair);
  return mismatch(pair) * bond.shear_modulus() * std::tanh(beta * pair.half_length_mm) / (beta * bond.h);
}

double chen_nelson_disc_shear_MPa(const BondedPair& pair) {
  const Plate bond = plate(pair.bond);
  const double nu = pair.upper.poisson_ratio;
  const double beta = std::sqrt(chen_nelson_rate_squared(pair) * (1 - nu * nu));
  const double x = beta * pair.half_length_mm;
  const double ratio = bessel_ratio_1_to_0(x);
  const double share = ratio / (beta - (1 - nu) * ratio / pair.half_length_mm);
  return bond.shear_modulus() / bond.h * (1 + nu) * mismatch(pair) * share;
}

} // namespace beachfront::thermal
