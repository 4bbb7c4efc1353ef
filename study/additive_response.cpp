// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/additive_response.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

constexpr std::uint64_t seed = 20260101; // any: the same samples in every run

/// What the input adds to the figure at its middle.
double added(const InputResponse& response, double value) {
  const double x = value - response.input.mode;
  const double low = response.input.low - response.input.mode, high = response.input.high - response.input.mode;
  const double at_low = response.at_low - response.at_mode, at_high = response.at_high - response.at_mode;
  if (low == 0 && high == 0)
    return 0;
  if (low == 0 || high == 0)
    return low == 0 ? at_high * x / high : at_low * x / low;
  return at_low * x * (x - high) / (low * (low - high)) + at_high * x * (x - low) / (high * (high - low));
}

double variance(const std::vector<double>& values) {
  double mean = 0, sum = 0;
  for (const double value : values)
    mean += value / static_cast<double>(values.size());
  for (const double value : values)
    sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

} // namespace

std::vector<std::vector<double>> samples_of(const std::vector<Triangular>& inputs, std::size_t samples) {
  std::vector<std::vector<double>> columns = latin_hypercube(inputs.size(), samples, seed);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (double& probability : columns[i])
      probability = quantile(inputs[i], probability);
  return columns;
}

Spread spread(const std::vector<InputResponse>& responses, double middle, std::size_t samples) {
  std::vector<Triangular> inputs;
  for (const InputResponse& response : responses)
    inputs.push_back(response.input);
  std::vector<std::vector<double>> values = samples_of(inputs, samples);
  if (values.empty())
    values.resize(1, std::vector<double>(samples)); // nothing varies, but there are rows
  return spread(responses, middle, values);
}

Spread spread(const std::vector<InputResponse>& responses, double middle,
              const std::vector<std::vector<double>>& values) {
  const std::size_t samples = values.at(0).size();
  std::vector<double> figures(samples, middle), parts(samples);
  Spread result;
  double whole = 0;
  for (std::size_t i = 0; i < responses.size(); ++i) {
    const InputResponse& response = responses[i];
    if (response.at_low == response.at_mode && response.at_high == response.at_mode) {
      result.shares.push_back(0); // most inputs do nothing to most figures
      continue;
    }
    for (std::size_t s = 0; s < samples; ++s)
      figures[s] += parts[s] = added(response, values[i][s]);
    result.shares.push_back(variance(parts));
    whole += result.shares.back();
  }
  for (double& share : result.shares)
    share = whole > 0 ? share / whole : 0;
  std::sort(figures.begin(), figures.end());
  const auto below = static_cast<std::size_t>(0.05 * static_cast<double>(samples));
  result.p5 = figures[below];
  result.p95 = figures[samples - 1 - below];
  return result;
}

} // namespace beachfront::study
