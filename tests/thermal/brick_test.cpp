// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/brick.hpp"

#include <Eigen/Dense>

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace beachfront::thermal {
namespace {

using Matrix24 = Eigen::Matrix<double, 24, 24>;
using Vector24 = Eigen::Matrix<double, 24, 1>;

std::array<double, 3> place(std::size_t node, const BrickSize& size) {
  return {(node & 1U) != 0 ? size[0] : 0, (node >> 1 & 1U) != 0 ? size[1] : 0, (node >> 2 & 1U) != 0 ? size[2] : 0};
}

/// Nodal values of a displacement field.
template <class Field>
BrickVector nodal(const BrickSize& size, Field field) {
  BrickVector u;
  for (std::size_t n = 0; n < 8; ++n) {
    const std::array<double, 3> moved = field(place(n, size));
    for (std::size_t c = 0; c < 3; ++c)
      u[3 * n + c] = moved[c];
  }
  return u;
}

Matrix24 matrix(const BrickMatrix& k) {
  Matrix24 m;
  for (std::size_t r = 0; r < 24; ++r)
    for (std::size_t c = 0; c < 24; ++c)
      m(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = k[r][c];
  return m;
}

Vector24 vector(const BrickVector& u) {
  return Eigen::Map<const Vector24>(u.data());
}

struct Sample {
  ElasticConstants constants;
  ElasticTensor tensor;
  BrickSize size;
};

/// Orthotropic bricks whose edges differ by up to 1 : 10^4.
std::vector<Sample> samples() {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> modulus(0.5, 200), poisson(-0.2, 0.35), power(-3, 1);
  std::vector<Sample> all;
  while (all.size() < 40) {
    Sample s;
    s.constants = {{modulus(random), modulus(random), modulus(random)},
                   {poisson(random), poisson(random), poisson(random)},
                   {modulus(random), modulus(random), modulus(random)}};
    try {
      s.tensor = elastic_tensor(s.constants);
    } catch (const std::invalid_argument&) {
      continue; // a draw without positive definite compliance
    }
    s.size = {std::pow(10, power(random)), std::pow(10, power(random)), std::pow(10, power(random))};
    all.push_back(s);
  }
  return all;
}

ElasticTensor isotropic(double modulus_GPa, double poisson) {
  const double shear_GPa = modulus_GPa / (2 * (1 + poisson));
  return elastic_tensor(
      {{modulus_GPa, modulus_GPa, modulus_GPa}, {poisson, poisson, poisson}, {shear_GPa, shear_GPa, shear_GPa}});
}

TEST(ElasticTensor, IsotropicHasLamesConstants) {
  for (const double nu : {-0.5, 0.0, 0.28, 0.47}) {
    const ElasticTensor t = isotropic(130, nu);
    const double lambda_MPa = 130e3 * nu / ((1 + nu) * (1 - 2 * nu)), shear_MPa = 130e3 / (2 * (1 + nu));
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(t.normal[i][j], lambda_MPa + (i == j ? 2 * shear_MPa : 0), 1e-9 * 130e3 / (1 - 2 * nu));
      EXPECT_NEAR(t.shear[i], shear_MPa, 1e-9 * shear_MPa);
    }
  }
}

TEST(ElasticTensor, UniaxialStressOfAnOrthotropicMaterialGivesItsOwnConstants) {
  for (const Sample& s : samples()) {
    Eigen::Matrix3d stiffness;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j)
        stiffness(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = s.tensor.normal[i][j];
    const ElasticConstants& c = s.constants;
    const Eigen::Vector3d along_x = stiffness.fullPivLu().solve(Eigen::Vector3d(1, 0, 0));
    const Eigen::Vector3d along_y = stiffness.fullPivLu().solve(Eigen::Vector3d(0, 1, 0));
    const Eigen::Vector3d along_z = stiffness.fullPivLu().solve(Eigen::Vector3d(0, 0, 1));
    EXPECT_NEAR(1e3 * along_x(0) * c.youngs_modulus_GPa[0], 1, 1e-8);
    EXPECT_NEAR(1e3 * along_y(1) * c.youngs_modulus_GPa[1], 1, 1e-8);
    EXPECT_NEAR(1e3 * along_z(2) * c.youngs_modulus_GPa[2], 1, 1e-8);
    EXPECT_NEAR(-along_x(1) / along_x(0), c.poisson[0], 1e-8);
    EXPECT_NEAR(-along_x(2) / along_x(0), c.poisson[1], 1e-8);
    EXPECT_NEAR(-along_y(2) / along_y(1), c.poisson[2], 1e-8);
  }
}

TEST(ElasticTensor, RefusesWhatNoMaterialCanBe) {
  EXPECT_THROW(isotropic(130, 0.5), std::invalid_argument);
  EXPECT_THROW(isotropic(130, 0.6), std::invalid_argument);
  EXPECT_THROW(isotropic(130, -1.0), std::invalid_argument);
  EXPECT_THROW(isotropic(-130, 0.3), std::invalid_argument);
  EXPECT_THROW(isotropic(0, 0.3), std::invalid_argument);
  EXPECT_THROW(isotropic(std::nan(""), 0.3), std::invalid_argument);
  EXPECT_THROW(isotropic(130, std::nan("")), std::invalid_argument);
  // A fibre's contraction is bounded by the root of the moduli's ratio: 0.3 < sqrt(1/100) fails.
  EXPECT_THROW(elastic_tensor({{1, 100, 100}, {0.3, 0, 0}, {1, 1, 1}}), std::invalid_argument);
  EXPECT_NO_THROW(isotropic(0.005, 0.4999));
}

TEST(Brick, RigidMovementAndRotationTakeNoForce) {
  for (const Sample& s : samples()) {
    const Matrix24 k = matrix(brick_stiffness_N_per_mm(s.tensor, s.size));
    for (std::size_t c = 0; c < 3; ++c) {
      const auto moved = nodal(s.size, [&](const std::array<double, 3>&) {
        std::array<double, 3> u{};
        u[c] = 1;
        return u;
      });
      const std::size_t a = (c + 1) % 3, b = (c + 2) % 3;
      const auto turned = nodal(s.size, [&](const std::array<double, 3>& at) {
        std::array<double, 3> u{};
        u[a] = -at[b];
        u[b] = at[a];
        return u;
      });
      EXPECT_LE((k * vector(moved)).norm(), 1e-12 * k.norm());
      EXPECT_LE((k * vector(turned)).norm(), 1e-12 * k.norm() * vector(turned).norm());
    }
  }
}

TEST(Brick, EnergyIsSymmetricAndVanishesForRigidMovementAlone) {
  for (Sample s : samples()) {
    for (double& edge : s.size)
      edge = 1 + std::abs(std::log10(edge)); // eigenvalues of a needle drown in rounding
    const Matrix24 k = matrix(brick_stiffness_N_per_mm(s.tensor, s.size));
    EXPECT_LE((k - k.transpose()).norm(), 1e-13 * k.norm());
    const auto values = Eigen::SelfAdjointEigenSolver<Matrix24>(k).eigenvalues();
    for (Eigen::Index i = 0; i < 6; ++i)
      EXPECT_NEAR(values(i), 0, 1e-12 * values(23));
    EXPECT_GT(values(6), 1e-6 * values(23));
  }
}

TEST(Brick, LinearFieldGivesConstantStressAndItsNodalForces) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  for (const Sample& s : samples()) {
    double g[3][3];
    for (auto& row : g)
      for (double& value : row)
        value = normal(random) * 1e-3;
    const BrickVector u = nodal(s.size, [&](const std::array<double, 3>& at) {
      std::array<double, 3> moved{};
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t q = 0; q < 3; ++q)
          moved[i] += g[i][q] * at[q];
      return moved;
    });
    const std::array<double, 3> free_strain{1e-4, -2e-4, 3e-4};
    Stress expected{};
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j)
        expected[i] += s.tensor.normal[i][j] * (g[j][j] - free_strain[j]);
      const std::size_t a = (i + 1) % 3, b = (i + 2) % 3;
      expected[3 + i] = s.tensor.shear[i] * (g[a][b] + g[b][a]);
    }
    const double scale_MPa = Eigen::Map<const Eigen::Matrix<double, 6, 1>>(expected.data()).norm();
    for (const std::array<double, 3>& local :
         {std::array{0.0, 0.0, 0.0}, std::array{1.0, -1.0, 1.0}, std::array{-0.3, 0.9, 0.2}}) {
      const Stress found = brick_stress_MPa(s.tensor, s.size, u, free_strain, local);
      for (std::size_t c = 0; c < 6; ++c)
        EXPECT_NEAR(found[c], expected[c], 1e-8 * scale_MPa);
    }
    // Forces of a constant stress: traction on a face, a quarter to each of its nodes.
    const BrickMatrix k = brick_stiffness_N_per_mm(s.tensor, s.size);
    const BrickVector load = free_strain_forces_N(s.tensor, s.size, free_strain);
    const Vector24 force = matrix(k) * vector(u) - vector(load);
    const double faces[3] = {s.size[1] * s.size[2], s.size[0] * s.size[2], s.size[0] * s.size[1]};
    const double stress[3][3] = {{expected[0], expected[5], expected[4]},
                                 {expected[5], expected[1], expected[3]},
                                 {expected[4], expected[3], expected[2]}};
    const double scale_N = (matrix(k).cwiseAbs() * vector(u).cwiseAbs()).maxCoeff();
    for (std::size_t n = 0; n < 8; ++n)
      for (std::size_t i = 0; i < 3; ++i) {
        double traction_N = 0;
        for (std::size_t q = 0; q < 3; ++q)
          traction_N += stress[i][q] * faces[q] / 4 * ((n >> q & 1U) != 0 ? 1 : -1);
        EXPECT_NEAR(force(static_cast<Eigen::Index>(3 * n + i)), traction_N, 1e-10 * scale_N);
      }
  }
}

TEST(Brick, PureBendingIsExactAtAThousandToOne) {
  // Displacement of a beam bent by a moment: stress E kappa z along x alone. Its nodal values take the energy
  // E kappa^2 I l / 2 (for a plate with both curvatures: of the plate), whatever the slenderness.
  const double modulus_GPa = 73.6, nu = 0.23, curvature_per_mm = 1e-4;
  const ElasticTensor tensor = isotropic(modulus_GPa, nu);
  for (const double slenderness : {1.0, 30.0, 1000.0}) {
    const BrickSize size{slenderness * 0.01, 0.7 * slenderness * 0.01, 0.01};
    const double inertia_mm4 = size[1] * std::pow(size[2], 3) / 12;
    const auto bent = [&](const std::array<double, 3>& at, double ky) {
      // Both curvatures of a plate free of stress across it; ky as wanted, the beam's own being -nu kx.
      const double kx = curvature_per_mm;
      const double x = at[0] - size[0] / 2, y = at[1] - size[1] / 2, z = at[2] - size[2] / 2;
      const double across = -nu / (1 - nu) * (kx + ky);
      // Less its value at the corners, a rigid movement that would leave rounding (length / thickness)^4.
      const double rim = -(kx * size[0] * size[0] + ky * size[1] * size[1]) / 8 + across * size[2] * size[2] / 8;
      return std::array<double, 3>{kx * x * z, ky * y * z, -(kx * x * x + ky * y * y) / 2 + across * z * z / 2 - rim};
    };
    const BrickVector beam = nodal(size, [&](const auto& at) { return bent(at, -nu * curvature_per_mm); });
    const BrickVector plate = nodal(size, [&](const auto& at) { return bent(at, curvature_per_mm); });
    const Matrix24 k = matrix(brick_stiffness_N_per_mm(tensor, size));
    const double energy = vector(beam).dot(k * vector(beam)) / 2;
    const double exact = 1e3 * modulus_GPa * curvature_per_mm * curvature_per_mm * inertia_mm4 * size[0] / 2;
    EXPECT_NEAR(energy, exact, 1e-7 * exact) << slenderness;
    const double plate_energy = vector(plate).dot(k * vector(plate)) / 2, plate_exact = exact * 2 / (1 - nu);
    EXPECT_NEAR(plate_energy, plate_exact, 1e-7 * plate_exact) << slenderness;
    const double face_MPa = 1e3 * modulus_GPa * curvature_per_mm * size[2] / 2;
    for (const double z : {-1.0, 0.0, 1.0}) {
      const Stress in_beam = brick_stress_MPa(tensor, size, beam, {0, 0, 0}, {0, 0, z});
      const Stress in_plate = brick_stress_MPa(tensor, size, plate, {0, 0, 0}, {0, 0, z});
      EXPECT_NEAR(in_beam[0], z * face_MPa, 1e-7 * face_MPa);
      EXPECT_NEAR(in_plate[0], z * face_MPa / (1 - nu), 1e-7 * face_MPa);
      EXPECT_NEAR(in_plate[1], z * face_MPa / (1 - nu), 1e-7 * face_MPa);
      for (const std::size_t c : {1U, 2U, 3U, 4U, 5U})
        EXPECT_NEAR(in_beam[c], 0, 1e-7 * face_MPa);
      EXPECT_NEAR(in_plate[2], 0, 1e-7 * face_MPa);
    }
  }
}

TEST(Brick, FreeExpansionMovesTheNodesAndTakesNoStress) {
  for (const Sample& s : samples()) {
    const std::array<double, 3> strain{2e-3, -1e-3, 5e-4};
    const BrickVector u = nodal(s.size, [&](const std::array<double, 3>& at) {
      return std::array<double, 3>{strain[0] * at[0], strain[1] * at[1], strain[2] * at[2]};
    });
    const BrickVector load = free_strain_forces_N(s.tensor, s.size, strain);
    const Matrix24 k = matrix(brick_stiffness_N_per_mm(s.tensor, s.size));
    EXPECT_LE((k * vector(u) - vector(load)).norm(), 1e-10 * vector(load).norm());
    for (const double value : brick_stress_MPa(s.tensor, s.size, u, strain, {0.5, -0.5, 1}))
      EXPECT_NEAR(value, 0, 1e-10 * s.tensor.normal[0][0]);
  }
}

} // namespace
} // namespace beachfront::thermal
