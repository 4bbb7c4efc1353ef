// SPDX-License-Identifier: GPL-3.0-or-later
// From a furnace recipe to the mode of the guide and the rules that routing needs, without a design file: the silver
// exchange of the library's `iox-thermal-a0`, for several mask openings.
#include "optics/waveguide.hpp"

#include <cstdio>

int main() {
  using namespace beachfront::optics;

  Waveguide guide;
  guide.glass.name = "alkali glass";
  guide.glass.ion_exchangeable = true;
  guide.glass.dispersion.constant_index = 1.503;
  guide.cover_index = 1.0; // air

  Recipe recipe;
  recipe.delta_n_max = 0.052;
  recipe.diffusion = IonDiffusion{1.21e-7, 84.8, 0.15, 217, 330}; // soda-lime, Millar and Hutchins 1978
  recipe.steps = {{StepKind::exchange, 300, 22.1}, {StepKind::diffusion, 300, 22.1}};

  std::printf("%8s %10s %14s %14s %12s %12s\n", "mask um", "n_eff", "mode x um", "mode y um", "fibre dB", "radius mm");
  for (const double opening_um : {1.0, 2.0, 3.0}) {
    recipe.mask_opening_um = opening_um;
    guide.source = recipe;
    const WaveguideFigures figures = solve_waveguide(guide);
    for (const std::string& error : figures.errors)
      std::fprintf(stderr, "error: %s\n", error.c_str());
    if (!figures.errors.empty())
      return 2;
    if (!figures.effective_index) {
      std::printf("%8.1f guides nothing\n", opening_um);
      continue;
    }
    std::printf("%8.1f %10.5f %14.2f %14.2f %12.2f %12.2f\n", opening_um, *figures.effective_index,
                figures.mode_field_diameter_x_um.value_or(0), figures.mode_field_diameter_y_um.value_or(0),
                figures.fibre_coupling_loss_dB.value_or(0), figures.min_bend_radius_mm.value_or(0));
  }
  return 0;
}
