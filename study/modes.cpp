// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/modes.hpp"

#include "optics/planar_guide.hpp"
#include "study/nearest_recipe.hpp"
#include "study/read_blocks.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace beachfront::study {

namespace {

/// A number goes into its row; one that is not finite goes into `absent` with the reason.
struct Rows {
  Json& document;

  void absent(const std::string& path, const std::string& reason) { document["absent"][path] = reason; }

  void put(Json& row, const std::string& path, const char* key, double value, const char* reason) {
    if (std::isfinite(value))
      row[key] = value + 0.0; // no -0.0
    else
      absent(path + "." + key, reason);
  }
};

const char* const no_number = "the solver found no finite value";
const char* const dark_polarisation = "this polarisation is not guided, or its figure is below the smallest number";

/// Of one polarisation: a solver leaves 0 for one that is not guided, and no figure is meant to be 0.
double unless_dark(double value) {
  return value == 0 ? std::nan("") : value;
}

Json profile_json(const optics::ProfileSize& size, bool planar) {
  Json json = {{"peak_delta_n", size.peak_delta_n}, {"peak_depth_um", size.peak_depth_um}};
  if (!planar)
    json["fwhm_x_um"] = size.fwhm_x_um;
  json["fwhm_y_um"] = size.fwhm_y_um;
  return json;
}

bool is_vector(const optics::ModeFigures& mode) {
  return mode.polarization != "scalar";
}

void add_modes(Rows& rows, const optics::WaveguideFigures& figures, bool planar) {
  for (const optics::ModeFigures& mode : figures.modes) {
    Json& list = rows.document["modes"];
    const std::string path = fmt::format("modes[{}]", list.size());
    Json row = {{"wavelength_um", mode.wavelength_um}, {"polarization", mode.polarization}};
    const auto put = [&](const char* key, double value) { rows.put(row, path, key, value, no_number); };
    put("effective_index", mode.effective_index);
    put("group_index", mode.group_index);
    if (!planar)
      put("mode_field_diameter_x_um", mode.mode_field_diameter_x_um);
    put("mode_field_diameter_y_um", mode.mode_field_diameter_y_um);
    if (!planar)
      put("effective_area_um2", mode.effective_area_um2);
    row["mode_count"] = mode.mode_count;
    put("error_estimate", mode.error_estimate);
    if (is_vector(mode)) {
      if (!planar)
        put("second_moment_diameter_x_um", mode.second_moment_diameter_x_um);
      put("second_moment_diameter_y_um", mode.second_moment_diameter_y_um);
      put("confinement", mode.confinement);
      put("te_fraction", mode.te_fraction);
    }
    list.push_back(std::move(row));
  }
}

void add_bends(Rows& rows, const optics::WaveguideFigures& figures) {
  for (const optics::BendFigures& bend : figures.bends) {
    Json& list = rows.document["bends"];
    const std::string path = fmt::format("bends[{}]", list.size());
    Json row = {{"radius_mm", bend.radius_mm}};
    const auto put = [&](const char* key, double value) {
      // Where no mode survives a solver may leave 0: that is no loss figure.
      const bool lost = !bend.guiding && value == 0;
      rows.put(row, path, key, lost ? std::nan("") : value,
               bend.guiding ? no_number : "no mode survives this bend: all light is lost");
    };
    put("loss_dB_per_cm", bend.loss_dB_per_cm);
    put("joint_loss_dB", bend.joint_loss_dB);
    row["guiding"] = bend.guiding;
    if (bend.wavelength_um > 0) {
      row["wavelength_um"] = bend.wavelength_um;
      rows.put(row, path, "te_loss_dB_per_cm", unless_dark(bend.te_loss_dB_per_cm), dark_polarisation);
      rows.put(row, path, "tm_loss_dB_per_cm", unless_dark(bend.tm_loss_dB_per_cm), dark_polarisation);
      put("left_loss_dB_per_cm", bend.left_loss_dB_per_cm);
      put("right_loss_dB_per_cm", bend.right_loss_dB_per_cm);
      put("shift_um", bend.shift_um);
      put("reversal_loss_dB", bend.reversal_loss_dB);
      put("best_offset_um", bend.best_offset_um);
      put("offset_joint_loss_dB", bend.offset_joint_loss_dB);
      put("clothoid_length_um", bend.clothoid_length_um);
    }
    if (bend.guiding && bend.loss_dB_per_cm == 0)
      rows.document["warnings"].push_back(
          fmt::format("bend radius {} mm: the radiation is below the smallest number, printed as 0", bend.radius_mm));
    list.push_back(std::move(row));
  }
}

void add_couplers(Rows& rows, const optics::WaveguideFigures& figures) {
  for (const optics::CouplerFigures& coupler : figures.couplers) {
    Json& list = rows.document["couplers"];
    const std::string path = fmt::format("couplers[{}]", list.size());
    Json row = {{"gap_um", coupler.gap_um}};
    const auto put = [&](const char* key, double value) {
      rows.put(row, path, key, value, "the guides are too far apart: their coupling is below the smallest number");
    };
    put("index_splitting", coupler.index_splitting);
    put("coupling_length_mm", coupler.coupling_length_mm);
    put("crosstalk_dB", coupler.crosstalk_dB);
    if (coupler.wavelength_um > 0) {
      row["wavelength_um"] = coupler.wavelength_um;
      rows.put(row, path, "te_index_splitting", unless_dark(coupler.te_index_splitting), dark_polarisation);
      rows.put(row, path, "tm_index_splitting", unless_dark(coupler.tm_index_splitting), dark_polarisation);
      row["merged"] = coupler.merged;
    }
    list.push_back(std::move(row));
  }
}

void add_fibre(Rows& rows, const optics::WaveguideFigures& figures) {
  for (const optics::FibreFigures& fibre : figures.fibre_coupling) {
    Json& list = rows.document["fibre_coupling"];
    const std::string path = fmt::format("fibre_coupling[{}]", list.size());
    Json row = {{"offset_um", fibre.offset_um}};
    const auto put = [&](const char* key, double value) {
      rows.put(row, path, key, value, "fibre and mode do not overlap: all light is lost");
    };
    put("loss_dB", fibre.loss_dB);
    if (fibre.wavelength_um > 0) {
      row["wavelength_um"] = fibre.wavelength_um;
      rows.put(row, path, "te_loss_dB", unless_dark(fibre.te_loss_dB), dark_polarisation);
      rows.put(row, path, "tm_loss_dB", unless_dark(fibre.tm_loss_dB), dark_polarisation);
      put("reflection_loss_dB", fibre.reflection_loss_dB);
    }
    list.push_back(std::move(row));
  }
}

/// What the solver gives, else the model by which links are charged.
void add_crossings(Rows& rows, const optics::Waveguide& guide, const optics::WaveguideFigures& figures) {
  std::vector<optics::CrossingFigures> crossings = figures.crossings;
  if (crossings.empty() && figures.losses)
    for (const double angle_deg : guide.crossing_angles_deg) {
      const double loss_dB = optics::crossing_loss_dB(figures.losses->crossing, figures.losses->crossed, angle_deg);
      crossings.push_back({angle_deg, loss_dB, loss_dB - figures.losses->crossing.process_floor_dB});
    }
  for (const optics::CrossingFigures& crossing : crossings) {
    Json& list = rows.document["crossings"];
    const std::string path = fmt::format("crossings[{}]", list.size());
    Json row = {{"angle_deg", crossing.angle_deg}};
    rows.put(row, path, "loss_dB", crossing.loss_dB, no_number);
    rows.put(row, path, "diffraction_loss_dB", crossing.diffraction_loss_dB, no_number);
    row["model"] = figures.crossings.empty() ? "closed form, an upper bound" : "fields";
    list.push_back(std::move(row));
  }
}

/// Where a figure that optics names after results.json stands in this document.
std::string path_here(const std::string& figure) {
  for (const char* of_mode : {"mode_field_diameter_x_um", "mode_field_diameter_y_um", "mode_count"})
    if (figure == of_mode)
      return "modes[]." + figure;
  for (const char* rule : {"min_bend_radius_mm", "min_pitch_um"})
    if (figure == rule)
      return "rules." + figure;
  return figure == "effective_index" ? "modes" : figure;
}

std::string reason_of(const optics::WaveguideFigures& figures, const std::string& figure, const std::string& other) {
  for (const optics::AbsentFigure& absent : figures.absent)
    if (absent.figure == figure)
      return absent.reason;
  return other;
}

bool is_solved_full(const optics::WaveguideFigures& figures) {
  return !figures.modes.empty() && is_vector(figures.modes.front());
}

/// Single figures: the value, or why there is none.
void add_single(Rows& rows, const optics::Waveguide& guide, const optics::WaveguideFigures& figures) {
  Json& document = rows.document;
  const std::string unsolved = reason_of(
      figures, "effective_index", is_solved_full(figures) ? no_number : "only vector modes, of full fidelity, tell");
  const auto put = [&](Json& row, const std::string& path, const std::optional<double>& value,
                       const std::string& reason) {
    const std::string key = path.substr(path.rfind('.') + 1);
    if (value && std::isfinite(*value))
      row[key] = *value + 0.0; // no -0.0
    else
      rows.absent(path, value ? no_number : reason);
  };
  const auto top = [&](const char* key, const std::optional<double>& value) {
    put(document, key, value, reason_of(figures, key, unsolved));
  };
  top("error_estimate", figures.error_estimate);
  top("propagation_loss_dB_per_cm", figures.propagation_loss_dB_per_cm);
  top("fibre_coupling_loss_dB", figures.fibre_coupling_loss_dB);
  top("engine_coupling_loss_dB", figures.engine_coupling_loss_dB);
  top("fibre_pdl_dB", figures.fibre_pdl_dB);
  top("bend_pdl_dB_per_cm", figures.bend_pdl_dB_per_cm);
  Json& rules = document["rules"];
  put(rules, "rules.min_bend_radius_mm", figures.min_bend_radius_mm,
      reason_of(figures, "min_bend_radius_mm", unsolved));
  put(rules, "rules.min_pitch_um", figures.min_pitch_um, reason_of(figures, "min_pitch_um", unsolved));
  if (!figures.birefringence) {
    rows.absent("birefringence", reason_of(figures, "birefringence", unsolved));
    return;
  }
  Json& birefringence = document["birefringence"];
  const std::string stress = guide.stress ? no_number : "the file gives no stress_MPa";
  put(birefringence, "birefringence.total", figures.birefringence, unsolved);
  put(birefringence, "birefringence.shape", figures.shape_birefringence, unsolved);
  if (figures.ion_stress_birefringence)
    put(birefringence, "birefringence.ion_stress", figures.ion_stress_birefringence, unsolved);
  put(birefringence, "birefringence.stress", figures.stress_birefringence, stress);
  put(birefringence, "birefringence.rotation_deg", figures.polarisation_rotation_deg, stress);
}

void add_taper(Rows& rows, const optics::Waveguide& guide, const optics::WaveguideFigures& figures) {
  if (!guide.engine.taper)
    return;
  if (!figures.taper) {
    rows.absent("taper", reason_of(figures, "taper", "only the solvers of full fidelity follow a taper"));
    return;
  }
  const optics::TaperFigures& found = *figures.taper;
  Json& taper = rows.document["taper"];
  rows.put(taper, "taper", "te_loss_dB", found.te_loss_dB, no_number);
  rows.put(taper, "taper", "tm_loss_dB", found.tm_loss_dB, no_number);
  rows.put(taper, "taper", "te_match_width_um", found.te_match_width_um, no_number);
  rows.put(taper, "taper", "tm_match_width_um", found.tm_match_width_um, no_number);
  rows.put(taper, "taper", "polarisation_dependent_loss_dB", std::abs(found.te_loss_dB - found.tm_loss_dB), no_number);
}

/// A list shorter than the file asks for says why.
void add_missing_lists(Rows& rows, const optics::Waveguide& guide, const optics::WaveguideFigures& figures) {
  const auto check = [&](const char* list, const char* figure, std::size_t each) {
    const Json& found_rows = rows.document.at(list);
    const std::size_t found = found_rows.size();
    const bool at_every_wavelength = found > 0 && found_rows.front().contains("wavelength_um");
    const std::size_t asked = each * (at_every_wavelength ? guide.wavelengths_um.size() : 1);
    if (found >= asked)
      return;
    const std::string reason =
        reason_of(figures, "effective_index", reason_of(figures, figure, "the solver gives no row"));
    rows.absent(list, found == 0 ? reason : fmt::format("{} of {} rows: {}", found, asked, reason));
  };
  check("bends", "min_bend_radius_mm", guide.bend_radii_mm.size());
  check("couplers", "min_pitch_um", guide.gaps_um.size());
  check("fibre_coupling", "fibre_coupling_loss_dB", guide.fibre.offsets_um.size());
  check("crossings", "min_pitch_um", guide.crossing_angles_deg.size());
}

/// A buried guide has no cut-off, but its mode may be spread over far more glass than anything else works with.
void add_barely_guided(Rows& rows, const optics::WaveguideFigures& figures) {
  constexpr double least_share = 0.1;
  if (is_solved_full(figures) && figures.modes.front().confinement < least_share)
    rows.document["warnings"].push_back(
        fmt::format("barely guided: {:.1f} % of the fundamental mode's power is where the index is raised",
                    100 * figures.modes.front().confinement));
}

/// What the file says and the fast models do not look at.
void add_fast_warnings(Rows& rows, const optics::Waveguide& guide) {
  Json& warnings = rows.document["warnings"];
  if (guide.fibre.vertical_offset_um != 0 || guide.fibre.tilt_x_mrad != 0 || guide.fibre.tilt_y_mrad != 0)
    warnings.push_back("fast fidelity: vertical offset and tilt of the fibre are not in the coupling loss");
  if (guide.stress)
    warnings.push_back("fast fidelity: the stress has no effect on scalar modes");
}

void add_nearest(Rows& rows, const Tree& resolved, const Library& library, const optics::WaveguideFigures& figures) {
  if (!resolved.root().has("glass")) {
    rows.absent("nearest_recipe", "background_index names no glass whose ions a recipe could exchange");
    return;
  }
  const auto nearest =
      figures.profile ? nearest_recipe(resolved, library, *figures.profile) : std::optional<NearestRecipe>();
  if (!nearest) {
    rows.absent("nearest_recipe", fmt::format("no recipe of the library guides in {} at these wavelengths",
                                              resolved.root().text("glass.name")));
    return;
  }
  rows.document["nearest_recipe"] = {{"name", nearest->name},
                                     {"glass", resolved.root().text("glass.name")},
                                     {"peak_delta_n", nearest->profile.peak_delta_n},
                                     {"effective_index", nearest->effective_index}};
}

} // namespace

Json modes_json(const Tree& resolved, const Library& library, optics::Fidelity fidelity) {
  const Value root = resolved.root();
  optics::Waveguide guide = read_waveguide(root, resolved.file);
  guide.fidelity = fidelity;
  const bool planar = optics::is_planar(guide);
  const optics::WaveguideFigures figures = planar ? optics::solve_planar(guide) : optics::solve_waveguide(guide);
  if (!figures.errors.empty()) {
    const Value source = root.at(root.has("recipe") ? "recipe" : "profile");
    throw InputError(source.node->mark, source.path, figures.errors.front());
  }

  const bool guided = figures.effective_index.has_value();
  Json json = {{"guided", guided}};
  json["wavelengths_um"] = guide.wavelengths_um;
  for (const char* list : {"modes", "bends", "couplers", "fibre_coupling", "crossings"})
    json[list] = Json::array();
  json["rules"] = {{"bend_loss_budget_dB_per_cm", guide.budget.bend_loss_dB_per_cm},
                   {"crosstalk_budget_dB", guide.budget.crosstalk_dB},
                   {"parallel_length_mm", guide.budget.parallel_length_mm}};
  json["warnings"] = Json::array();
  for (const std::string& warning : figures.warnings) // a solver may say the same at each wavelength
    if (std::find(json["warnings"].begin(), json["warnings"].end(), warning) == json["warnings"].end())
      json["warnings"].push_back(warning);
  json["absent"] = Json::object();
  Rows rows{json};
  for (const optics::AbsentFigure& absent : figures.absent)
    rows.absent(path_here(absent.figure), absent.reason);
  if (figures.profile)
    json["profile"] = profile_json(*figures.profile, planar);
  add_modes(rows, figures, planar);
  add_bends(rows, figures);
  add_couplers(rows, figures);
  add_fibre(rows, figures);
  add_crossings(rows, guide, figures);
  add_taper(rows, guide, figures);
  add_single(rows, guide, figures);
  add_missing_lists(rows, guide, figures);
  if (fidelity == optics::Fidelity::fast && !planar)
    add_fast_warnings(rows, guide);
  add_barely_guided(rows, figures);
  if (planar)
    for (const char* key : {"effective_area_um2", "second_moment_diameter_x_um"})
      rows.absent(std::string("modes[].") + key, reason_of(figures, "mode_field_diameter_x_um", no_number));
  if (guided && !is_solved_full(figures))
    for (const char* key : {"second_moment_diameter_x_um", "second_moment_diameter_y_um", "confinement", "te_fraction"})
      rows.absent(std::string("modes[].") + key, "only vector modes, of full fidelity, tell");
  if (!guided)
    add_nearest(rows, resolved, library, figures);
  return json;
}

} // namespace beachfront::study
