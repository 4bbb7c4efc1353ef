// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange_stepping.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

namespace beachfront::optics {
namespace {

constexpr std::size_t stages = 4;

/// A Rosenbrock scheme in the form that needs no product with the derivative: stage i solves
/// (1/(gamma tau) - A) u_i = F(w + sum a_ij u_j) + sum b_ij u_j / tau, and w moves by sum m_i u_i.
struct Scheme {
  double gamma = 0;
  std::array<std::array<double, stages>, stages> a{}, b{};
  std::array<double, stages> m{}, error{};
};

Scheme ros34pw2() {
  using Table = Eigen::Matrix<double, 4, 4>;
  using Row = Eigen::Matrix<double, 1, 4>;
  const double g = 4.3586652150845900e-01; // root of g^3 - 3 g^2 + 3/2 g - 1/6
  Table alpha, gamma;
  alpha << 0, 0, 0, 0,                                            //
      2 * g, 0, 0, 0,                                             //
      8.4457060015369423e-01, -1.1299064236484185e-01, 0, 0,      //
      0, 0, 1, 0;
  gamma << g, 0, 0, 0,                                            //
      -2 * g, g, 0, 0,                                            //
      -9.0338057013044082e-01, 5.4180672388095326e-02, g, 0,      //
      2.4212380706095346e-01, -1.2232505839045147e+00, 5.4526025533510214e-01, g;
  const Row third(2.4212380706095346e-01, -1.2232505839045147e+00, 1.5452602553351020e+00, g);
  const Row second(3.7810903145819369e-01, -9.6042292212423178e-02, 0.5, 2.1793326075422950e-01);
  const Table inverse = gamma.inverse();
  const Table a = alpha * inverse, b = Table(Table::Identity() / g) - inverse;
  const Row m = third * inverse, error = (third - second) * inverse;
  Scheme scheme;
  scheme.gamma = g;
  for (std::size_t i = 0; i < stages; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    for (std::size_t j = 0; j < i; ++j) {
      scheme.a[i][j] = a(row, static_cast<Eigen::Index>(j));
      scheme.b[i][j] = b(row, static_cast<Eigen::Index>(j));
    }
    scheme.m[i] = m(row);
    scheme.error[i] = error(row);
  }
  return scheme;
}

void add(IonState& to, double factor, const IonState& of) {
  to.fraction += factor * of.fraction;
  to.absorbed_um2 += factor * of.absorbed_um2;
}

/// The stages of one step of length tau from a state whose rate is known and whose balance is linearised there.
class Step {
public:
  Step(IonBalance& balance, const Eigen::VectorXd& volume) : balance_(balance), volume_(volume) {}

  double over_section(const Eigen::VectorXd& values) const {
    return std::sqrt((values.array().square() * volume_.array()).sum());
  }

  /// Advances `state` by tau; returns the estimated error, root of its square over the cross-section.
  double advance(const IonState& start, const IonState& rate_at_start, double tau, IonState& end) {
    balance_.factor(scheme_.gamma * tau);
    for (std::size_t i = 0; i < stages; ++i) {
      if (i == 0) {
        right_side_ = rate_at_start;
      } else {
        stage_ = start.fraction;
        for (std::size_t j = 0; j < i; ++j)
          if (scheme_.a[i][j] != 0)
            stage_ += scheme_.a[i][j] * u_[j].fraction;
        balance_.rate_of(stage_, right_side_);
        for (std::size_t j = 0; j < i; ++j)
          add(right_side_, scheme_.b[i][j] / tau, u_[j]);
      }
      balance_.solve(right_side_, u_[i]);
    }
    end = start;
    Eigen::VectorXd error = Eigen::VectorXd::Zero(start.fraction.size());
    for (std::size_t i = 0; i < stages; ++i) {
      add(end, scheme_.m[i], u_[i]);
      error += scheme_.error[i] * u_[i].fraction;
    }
    return over_section(error);
  }

private:
  IonBalance& balance_;
  const Eigen::VectorXd& volume_;
  const Scheme scheme_ = ros34pw2();
  std::array<IonState, stages> u_;
  IonState right_side_;
  Eigen::VectorXd stage_;
};

} // namespace

SteppingReport run_step(const ExchangeCells& cells, const ExchangeConditions& conditions, double tolerance,
                        IonState& state) {
  SteppingReport report;
  IonBalance balance(cells, conditions);
  Step step(balance, balance.volume());
  IonState rate, end;
  // At the sudden start only the cells at the surface move: begin with what crosses a thousandth of the first.
  double tau = std::min(conditions.Dt_um2, 1e-3 * cells.height(0) * cells.height(0) * (1 - std::max(0.0, conditions.alpha)));
  const double shortest = 1e-14 * conditions.Dt_um2;
  balance.linearise(state.fraction, rate);
  for (double done = 0; done < conditions.Dt_um2;) {
    const double left = conditions.Dt_um2 - done;
    const bool last = tau >= left * (1 - 1e-12);
    tau = last ? left : std::min(tau, left / 2); // no crumb is left for the end
    const double error = step.advance(state, rate, tau, end);
    const double ratio = error / (tolerance * step.over_section(end.fraction));
    const double factor = std::clamp(0.85 * std::pow(std::max(ratio, 1e-9), -1.0 / 3), 0.2, 4.0);
    if (!(ratio <= 1)) {
      tau *= std::isfinite(ratio) ? std::min(factor, 0.9) : 0.2;
      if (tau < shortest) {
        report.finished = false;
        return report;
      }
      continue;
    }
    std::swap(state, end);
    report.surface_current_V += tau / conditions.Dt_um2 * balance.surface_current_V();
    ++report.steps;
    done = last ? conditions.Dt_um2 : done + tau;
    tau *= factor;
    if (!last)
      balance.linearise(state.fraction, rate);
  }
  return report;
}

} // namespace beachfront::optics
