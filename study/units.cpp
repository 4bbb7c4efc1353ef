// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/units.hpp"

#include <algorithm>

namespace beachfront::study {

const std::vector<Unit>& units() {
  static const std::vector<Unit> table = [] {
    std::vector<Unit> all{
        {"m", "m", "length", 1, 0},
        {"km", "km", "length", 1e3, 0},
        {"cm", "cm", "length", 1e-2, 0},
        {"mm", "mm", "length", 1e-3, 0},
        {"um", "um", "length", 1e-6, 0},
        {"nm", "nm", "length", 1e-9, 0},
        {"m2", "m2", "area", 1, 0},
        {"mm2", "mm2", "area", 1e-6, 0},
        {"um2", "um2", "area", 1e-12, 0},
        {"s", "s", "time", 1, 0},
        {"ps", "ps", "time", 1e-12, 0},
        {"ns", "ns", "time", 1e-9, 0},
        {"min", "min", "time", 60, 0},
        {"h", "h", "time", 3600, 0},
        {"days", "days", "time", 86400, 0},
        {"weeks", "weeks", "time", 7 * 86400, 0},
        {"years", "years", "time", 365.25 * 86400, 0},
        {"per_day", "1/day", "rate", 1, 0},
        {"per_year", "1/year", "rate", 1 / 365.25, 0},
        {"C", "C", "temperature", 1, 0},
        {"K", "K", "temperature", 1, -273.15},
        {"Tbps", "Tb/s", "data rate", 1e12, 0},
        {"Gbps", "Gb/s", "data rate", 1e9, 0},
        {"Mbps", "Mb/s", "data rate", 1e6, 0},
        {"GBd", "GBd", "symbol rate", 1e9, 0},
        {"Hz", "Hz", "frequency", 1, 0},
        {"GHz", "GHz", "frequency", 1e9, 0},
        {"THz", "THz", "frequency", 1e12, 0},
        {"W", "W", "power", 1, 0},
        {"mW", "mW", "power", 1e-3, 0},
        {"kW", "kW", "power", 1e3, 0},
        {"MW", "MW", "power", 1e6, 0},
        {"dBm", "dBm", "optical power", 1, 0},
        {"dB", "dB", "ratio", 1, 0},
        {"dB_per_m", "dB/m", "attenuation", 1, 0},
        {"dB_per_cm", "dB/cm", "attenuation", 100, 0},
        {"dB_per_mm", "dB/mm", "attenuation", 1000, 0},
        {"dB_per_km", "dB/km", "attenuation", 1e-3, 0},
        {"dB_per_K", "dB/K", "loss slope", 1, 0},
        {"dB_per_Hz", "dB/Hz", "noise density", 1, 0},
        {"A_per_W", "A/W", "responsivity", 1, 0},
        {"pA_per_sqrt_Hz", "pA/sqrt(Hz)", "current noise", 1e-12, 0},
        {"V", "V", "voltage", 1, 0},
        {"kV", "kV", "voltage", 1e3, 0},
        {"V_per_mm", "V/mm", "field", 1, 0},
        {"V_per_um", "V/um", "field", 1000, 0},
        {"ohm", "ohm", "resistance", 1, 0},
        {"MS_per_m", "MS/m", "conductivity of charge", 1e6, 0},
        {"pJ_per_bit", "pJ/bit", "energy per bit", 1e-12, 0},
        {"fJ_per_bit", "fJ/bit", "energy per bit", 1e-15, 0},
        {"Pa", "Pa", "stress", 1, 0},
        {"MPa", "MPa", "stress", 1e6, 0},
        {"GPa", "GPa", "stress", 1e9, 0},
        {"MPa_sqrt_m", "MPa sqrt(m)", "stress intensity", 1, 0},
        {"per_TPa", "1/TPa", "compliance", 1, 0},
        {"J_per_m2", "J/m2", "surface energy", 1, 0},
        {"ppm_per_K", "ppm/K", "expansion", 1, 0},
        {"per_K", "1/K", "per kelvin", 1, 0},
        {"K_per_W", "K/W", "thermal resistance", 1, 0},
        {"mm2K_per_W", "mm2 K/W", "contact resistance", 1, 0},
        {"W_per_mK", "W/(m K)", "conductivity", 1, 0},
        {"W_per_m2K", "W/(m2 K)", "heat transfer", 1, 0},
        {"W_per_mm2", "W/mm2", "power density", 1, 0},
        {"m2_per_s", "m2/s", "diffusivity", 1, 0},
        {"um2_per_min", "um2/min", "diffusivity", 1e-12 / 60, 0},
        {"kJ_per_mol", "kJ/mol", "energy per mole", 1, 0},
        {"kg_per_m3", "kg/m3", "density", 1, 0},
        {"g_per_cm3", "g/cm3", "density", 1e3, 0},
        {"J_per_kgK", "J/(kg K)", "heat capacity", 1, 0},
        {"pm_per_K", "pm/K", "wavelength drift", 1, 0},
        {"nm_per_K", "nm/K", "wavelength drift", 1e3, 0},
        {"nm_per_mW", "nm/mW", "tuning", 1, 0},
        {"mW_per_K", "mW/K", "tuning power", 1, 0},
        {"ps_per_nm_km", "ps/(nm km)", "dispersion", 1, 0},
        {"ps_per_nm", "ps/nm", "accumulated dispersion", 1, 0},
        {"deg", "degrees", "angle", 1, 0},
        {"mrad", "mrad", "angle", 0.057295779513082325, 0},
        {"eur", "EUR", "price", 1, 0},
        {"usd", "USD", "price in dollars", 1, 0},
        {"eur_per_kWh", "EUR/kWh", "energy price", 1, 0},
        {"eur_per_kW", "EUR/kW", "price of power", 1, 0},
        {"eur_per_port_hour", "EUR/(port h)", "price of downtime", 1, 0},
        {"eur_per_usd", "EUR/USD", "exchange rate", 1, 0},
        {"eur_per_Gbps", "EUR/(Gb/s)", "price of a data rate", 1, 0},
        {"usd_per_Gbps", "USD/(Gb/s)", "price of a data rate in dollars", 1, 0},
        {"eur_per_year", "EUR/year", "running cost", 1, 0},
        {"hours", "hours", "long time", 1, 0},
        {"FIT", "FIT", "failure rate", 1, 0},
        {"um_per_m", "um/m", "flatness", 1, 0},
        {"percent", "%", "percentage", 1, 0},
        {"N", "N", "force", 1, 0},
    };
    std::stable_sort(all.begin(), all.end(),
                     [](const Unit& a, const Unit& b) { return a.suffix.size() > b.suffix.size(); });
    return all;
  }();
  return table;
}

NameParts split_name(std::string_view name) {
  for (const Unit& unit : units()) {
    const std::size_t n = unit.suffix.size();
    const bool whole_suffix = name.size() > n + 1 && name.ends_with(unit.suffix) && name[name.size() - n - 1] == '_';
    if (whole_suffix)
      return {std::string(name.substr(0, name.size() - n - 1)), &unit};
    if (name == unit.suffix && n > 3) // "eur_per_usd" is a name by itself
      return {"", &unit};
  }
  return {std::string(name), nullptr};
}

double convert(double value, const Unit& from, const Unit& to) {
  return (from.scale * value + from.offset - to.offset) / to.scale;
}

} // namespace beachfront::study
