// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/splitting.hpp"

#include "thermal/fracture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr std::size_t flaws = 14, thicknesses = 8, moduli = 6;
constexpr std::array<double, flaws> flaw_per_core{0.004, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2,
                                                  0.3,   0.4,  0.55, 0.7,  1.0, 1.5,  2.5};
constexpr std::array<double, thicknesses> build_up_per_core{0.05, 0.1, 0.14, 0.2, 0.28, 0.4, 0.56, 0.8};
constexpr std::array<double, moduli> build_up_per_core_modulus{0.03, 0.06, 0.12, 0.24, 0.45, 0.8};

/// Energy release rate per its steady state: plane-strain finite elements with Poisson's ratios 0.30 (build-up) and
/// 0.23 (glass), extrapolated to small elements, within 0.3 % (tests/thermal/split_finite_elements.hpp).
constexpr std::array<std::array<std::array<double, flaws>, moduli>, thicknesses> share_of_steady{{
    {{
        {0.0399, 0.0974, 0.1876, 0.4195, 0.7062, 0.8931, 1.0043, 1.0780, 1.0625, 1.0228, 1.0048, 0.9997, 1.0000,
         1.0000},
        {0.0398, 0.0972, 0.1873, 0.4185, 0.7043, 0.8908, 1.0021, 1.0769, 1.0625, 1.0232, 1.0049, 0.9997, 1.0000,
         1.0000},
        {0.0397, 0.0969, 0.1866, 0.4168, 0.7007, 0.8864, 0.9979, 1.0748, 1.0623, 1.0237, 1.0053, 0.9997, 1.0000,
         1.0000},
        {0.0395, 0.0964, 0.1855, 0.4138, 0.6946, 0.8788, 0.9904, 1.0707, 1.0616, 1.0247, 1.0059, 0.9997, 1.0000,
         1.0000},
        {0.0393, 0.0958, 0.1840, 0.4100, 0.6865, 0.8683, 0.9796, 1.0641, 1.0598, 1.0257, 1.0067, 0.9998, 1.0000,
         1.0000},
        {0.0390, 0.0951, 0.1826, 0.4060, 0.6776, 0.8562, 0.9665, 1.0550, 1.0565, 1.0265, 1.0077, 0.9999, 1.0000,
         1.0000},
    }},
    {{
        {0.0364, 0.0890, 0.1716, 0.3858, 0.6567, 0.8427, 0.9623, 1.0608, 1.0620, 1.0278, 1.0078, 1.0000, 1.0000,
         1.0000},
        {0.0364, 0.0889, 0.1713, 0.3848, 0.6543, 0.8393, 0.9585, 1.0583, 1.0612, 1.0282, 1.0081, 1.0000, 1.0000,
         1.0000},
        {0.0363, 0.0887, 0.1708, 0.3833, 0.6506, 0.8338, 0.9524, 1.0539, 1.0597, 1.0287, 1.0087, 1.0000, 1.0000,
         1.0000},
        {0.0363, 0.0886, 0.1706, 0.3819, 0.6460, 0.8265, 0.9437, 1.0471, 1.0572, 1.0295, 1.0096, 1.0001, 1.0000,
         1.0000},
        {0.0365, 0.0890, 0.1711, 0.3821, 0.6431, 0.8201, 0.9351, 1.0393, 1.0537, 1.0300, 1.0106, 1.0003, 0.9999,
         1.0000},
        {0.0369, 0.0901, 0.1729, 0.3848, 0.6437, 0.8169, 0.9287, 1.0319, 1.0497, 1.0300, 1.0114, 1.0004, 0.9999,
         1.0000},
    }},
    {{
        {0.0326, 0.0797, 0.1538, 0.3469, 0.5957, 0.7737, 0.8959, 1.0162, 1.0404, 1.0243, 1.0088, 1.0005, 1.0000,
         1.0000},
        {0.0327, 0.0800, 0.1542, 0.3476, 0.5960, 0.7732, 0.8947, 1.0150, 1.0401, 1.0249, 1.0093, 1.0006, 1.0000,
         1.0000},
        {0.0330, 0.0806, 0.1553, 0.3495, 0.5973, 0.7732, 0.8935, 1.0135, 1.0399, 1.0259, 1.0101, 1.0007, 1.0000,
         1.0000},
        {0.0335, 0.0819, 0.1577, 0.3538, 0.6016, 0.7755, 0.8937, 1.0121, 1.0399, 1.0275, 1.0114, 1.0009, 1.0000,
         1.0000},
        {0.0344, 0.0840, 0.1616, 0.3614, 0.6102, 0.7818, 0.8968, 1.0119, 1.0402, 1.0290, 1.0127, 1.0010, 0.9999,
         1.0000},
        {0.0357, 0.0870, 0.1671, 0.3722, 0.6231, 0.7922, 0.9032, 1.0128, 1.0403, 1.0301, 1.0136, 1.0011, 0.9999,
         1.0000},
    }},
    {{
        {0.0269, 0.0658, 0.1270, 0.2877, 0.4997, 0.6594, 0.7780, 0.9187, 0.9751, 0.9952, 0.9969, 0.9985, 0.9998,
         1.0000},
        {0.0274, 0.0670, 0.1294, 0.2929, 0.5074, 0.6678, 0.7861, 0.9255, 0.9806, 0.9991, 0.9994, 0.9992, 0.9999,
         1.0000},
        {0.0284, 0.0694, 0.1339, 0.3022, 0.5211, 0.6827, 0.8003, 0.9370, 0.9898, 1.0054, 1.0033, 1.0002, 1.0000,
         1.0000},
        {0.0300, 0.0733, 0.1412, 0.3177, 0.5436, 0.7067, 0.8228, 0.9542, 1.0027, 1.0138, 1.0082, 1.0013, 1.0000,
         1.0000},
        {0.0321, 0.0784, 0.1508, 0.3378, 0.5722, 0.7363, 0.8496, 0.9728, 1.0156, 1.0215, 1.0124, 1.0020, 1.0000,
         1.0000},
        {0.0344, 0.0840, 0.1615, 0.3599, 0.6029, 0.7670, 0.8759, 0.9889, 1.0253, 1.0267, 1.0149, 1.0022, 0.9999,
         1.0000},
    }},
    {{
        {0.0207, 0.0506, 0.0979, 0.2228, 0.3916, 0.5254, 0.6320, 0.7793, 0.8620, 0.9236, 0.9539, 0.9829, 0.9969,
         0.9999},
        {0.0218, 0.0534, 0.1032, 0.2345, 0.4107, 0.5484, 0.6568, 0.8035, 0.8833, 0.9395, 0.9650, 0.9878, 0.9980,
         0.9999},
        {0.0238, 0.0581, 0.1122, 0.2544, 0.4425, 0.5863, 0.6969, 0.8412, 0.9152, 0.9624, 0.9805, 0.9939, 0.9992,
         1.0000},
        {0.0267, 0.0653, 0.1260, 0.2843, 0.4892, 0.6406, 0.7524, 0.8902, 0.9545, 0.9886, 0.9969, 0.9995, 0.9999,
         1.0000},
        {0.0302, 0.0737, 0.1420, 0.3187, 0.5413, 0.6987, 0.8091, 0.9355, 0.9878, 1.0086, 1.0083, 1.0025, 1.0001,
         1.0000},
        {0.0337, 0.0822, 0.1580, 0.3526, 0.5906, 0.7507, 0.8569, 0.9686, 1.0091, 1.0195, 1.0137, 1.0033, 1.0000,
         1.0000},
    }},
    {{
        {0.0146, 0.0357, 0.0691, 0.1581, 0.2816, 0.3843, 0.4718, 0.6087, 0.7044, 0.7999, 0.8622, 0.9353, 0.9819,
         0.9986},
        {0.0164, 0.0402, 0.0779, 0.1779, 0.3151, 0.4272, 0.5207, 0.6621, 0.7561, 0.8442, 0.8979, 0.9560, 0.9892,
         0.9993},
        {0.0195, 0.0478, 0.0924, 0.2102, 0.3692, 0.4949, 0.5959, 0.7402, 0.8281, 0.9017, 0.9412, 0.9785, 0.9958,
         0.9998},
        {0.0240, 0.0587, 0.1133, 0.2565, 0.4442, 0.5856, 0.6928, 0.8326, 0.9067, 0.9581, 0.9799, 0.9951, 0.9994,
         1.0000},
        {0.0289, 0.0707, 0.1363, 0.3066, 0.5222, 0.6753, 0.7833, 0.9090, 0.9646, 0.9938, 1.0012, 1.0020, 1.0003,
         1.0000},
        {0.0336, 0.0821, 0.1580, 0.3531, 0.5913, 0.7499, 0.8532, 0.9590, 0.9966, 1.0093, 1.0084, 1.0033, 1.0002,
         1.0000},
    }},
    {{
        {0.0101, 0.0249, 0.0482, 0.1110, 0.2001, 0.2772, 0.3463, 0.4643, 0.5584, 0.6677, 0.7503, 0.8620, 0.9494,
         0.9932},
        {0.0126, 0.0310, 0.0600, 0.1378, 0.2468, 0.3390, 0.4193, 0.5504, 0.6481, 0.7528, 0.8255, 0.9143, 0.9738,
         0.9975},
        {0.0167, 0.0409, 0.0792, 0.1810, 0.3207, 0.4341, 0.5284, 0.6708, 0.7653, 0.8535, 0.9066, 0.9624, 0.9917,
         0.9995},
        {0.0225, 0.0550, 0.1063, 0.2415, 0.4207, 0.5578, 0.6635, 0.8048, 0.8826, 0.9403, 0.9678, 0.9910, 0.9992,
         1.0000},
        {0.0287, 0.0702, 0.1355, 0.3057, 0.5222, 0.6761, 0.7843, 0.9081, 0.9606, 0.9869, 0.9947, 0.9996, 1.0004,
         1.0000},
        {0.0346, 0.0846, 0.1630, 0.3649, 0.6109, 0.7726, 0.8750, 0.9722, 0.9995, 1.0026, 0.9999, 0.9991, 1.0000,
         1.0000},
    }},
    {{
        {0.0072, 0.0175, 0.0341, 0.0789, 0.1439, 0.2023, 0.2568, 0.3564, 0.4434, 0.5548, 0.6468, 0.7840, 0.9078,
         0.9832},
        {0.0101, 0.0249, 0.0483, 0.1115, 0.2019, 0.2808, 0.3522, 0.4754, 0.5744, 0.6885, 0.7722, 0.8808, 0.9602,
         0.9955},
        {0.0150, 0.0368, 0.0714, 0.1641, 0.2933, 0.4010, 0.4929, 0.6373, 0.7376, 0.8341, 0.8925, 0.9545, 0.9895,
         0.9995},
        {0.0220, 0.0538, 0.1042, 0.2379, 0.4170, 0.5560, 0.6646, 0.8112, 0.8910, 0.9461, 0.9689, 0.9877, 0.9978,
         1.0000},
        {0.0296, 0.0725, 0.1402, 0.3172, 0.5437, 0.7049, 0.8175, 0.9415, 0.9865, 0.9978, 0.9942, 0.9922, 0.9974,
         1.0000},
        {0.0372, 0.0909, 0.1753, 0.3931, 0.6585, 0.8305, 0.9356, 1.0235, 1.0331, 1.0114, 0.9936, 0.9867, 0.9958,
         1.0000},
    }},
}};

/// Lower grid point and how far to the next, by logarithm; outside the grid its end.
struct Between {
  std::size_t low = 0;
  double part = 0;
};

Between between(std::span<const double> grid, double value) {
  const double inside = std::clamp(value, grid.front(), grid.back());
  const auto above = std::upper_bound(grid.begin() + 1, grid.end() - 1, inside);
  const auto low = static_cast<std::size_t>(above - grid.begin()) - 1;
  return {low, std::log(inside / grid[low]) / std::log(grid[low + 1] / grid[low])};
}

double plane_strain_GPa(const ElasticLayer& layer) {
  return layer.youngs_modulus_GPa / (1 - layer.poisson_ratio * layer.poisson_ratio);
}

/// Share of steady state from the layers on one side of the core; 1 without layers.
double side_share(std::span<const ElasticLayer> side, const ElasticLayer& core, double flaw_um) {
  const double thick_um = thickness_um(side);
  if (!(thick_um > 0))
    return 1;
  const double stiffness = std::accumulate(side.begin(), side.end(), 0.0, [](double sum, const ElasticLayer& layer) {
    return sum + plane_strain_GPa(layer) * layer.thickness_um;
  });
  return split_share(flaw_um / core.thickness_um, thick_um / core.thickness_um,
                     stiffness / thick_um / plane_strain_GPa(core));
}

} // namespace

double split_share(double flaw_per_core_thickness, double build_up_per_core_thickness, double modulus_ratio) {
  if (!(flaw_per_core_thickness > 0))
    return 0;
  const Between a = between(flaw_per_core, flaw_per_core_thickness);
  const Between t = between(build_up_per_core, build_up_per_core_thickness);
  const Between e = between(build_up_per_core_modulus, modulus_ratio);
  double logarithm = 0;
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      for (std::size_t k = 0; k < 2; ++k)
        logarithm += std::log(share_of_steady[t.low + i][e.low + j][a.low + k]) * (i ? t.part : 1 - t.part) *
                     (j ? e.part : 1 - e.part) * (k ? a.part : 1 - a.part);
  // A flaw much shorter than the core sees an even tension: the rate is proportional to its length.
  return std::exp(logarithm) * std::min(1.0, flaw_per_core_thickness / flaw_per_core.front());
}

double flaw_splitting_J_per_m2(std::span<const ElasticLayer> layers, std::size_t core, double flaw_um) {
  if (core >= layers.size())
    throw std::invalid_argument("the core is not a layer of the stack");
  const std::span<const ElasticLayer> below = layers.first(core), above = layers.subspan(core + 1);
  const double steady = splitting_J_per_m2(layers, thickness_um(below) + layers[core].thickness_um / 2);
  return steady * (side_share(below, layers[core], flaw_um) + side_share(above, layers[core], flaw_um)) / 2;
}

double critical_split_flaw_um(std::span<const ElasticLayer> layers, std::size_t core, double limit_J_per_m2) {
  const auto exceeds = [&](double per_core) {
    return flaw_splitting_J_per_m2(layers, core, per_core * layers[core].thickness_um) > limit_J_per_m2;
  };
  // The rate rises up to its greatest and settles within a few per cent below: look along the table's lengths.
  const auto first = std::find_if(flaw_per_core.begin(), flaw_per_core.end(), exceeds);
  if (first == flaw_per_core.end())
    return std::numeric_limits<double>::infinity();
  double low = first == flaw_per_core.begin() ? *first * 1e-9 : *(first - 1), high = *first;
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = std::sqrt(low * high);
    (exceeds(middle) ? high : low) = middle;
  }
  return low * layers[core].thickness_um;
}

} // namespace beachfront::thermal
