// SPDX-License-Identifier: GPL-3.0-or-later
// The four-level signal: its average power and outer modulation amplitude from its extinction ratio, the error ratio it
// is told apart with, and what light of a neighbour costs it. docs/theory-link.md has the derivations.
#pragma once

namespace beachfront::optics {

/// Average of four equally spaced and equally frequent levels below the highest of them: -10 lg[(1 + 1/ER)/2]. 3.01 dB
/// for an infinite ratio. Throws std::invalid_argument unless the ratio is above 0 dB.
double modulation_loss_dB(double extinction_ratio_dB);

/// OMA - average, both in dBm: 10 lg[2 (ER - 1)/(ER + 1)]. Throws as above.
double oma_over_average_dB(double extinction_ratio_dB);

/// Half an eye over its noise, Q, at which Gaussian noise gives a bit error ratio: BER = 3/8 erfc(Q/sqrt 2), Gray code,
/// the same noise at every level. Throws std::invalid_argument outside (0, 3/8).
double pam4_q(double bit_error_ratio);

/// How the light of a neighbour disturbs. Coherent: one laser, or lasers within the receiver's bandwidth, so the fields
/// beat. Incoherent: powers add.
enum class Crosstalk { coherent, incoherent };

/// Power penalty of the OMA for neighbours that put the shares `sum` of the lane's own average power, all together, and
/// `root_sum` of square roots of them, into its guide.
/// Coherent: the smaller of noise of the same variance as the beat, -5 lg(1 - 72 Q^2 sum (P/OMA)^2), which holds for
/// many weak neighbours, and of the eye closed by all beats at their crest, -10 lg(1 - 12 root_sum P/OMA); P the
/// average power. Incoherent: the eye closed by the swing of every neighbour, -10 lg(1 - 3 sum). 30 dB, out of any
/// budget, where the eye is shut.
double crosstalk_penalty_dB(Crosstalk kind, double sum, double root_sum, double extinction_ratio_dB, double q);

} // namespace beachfront::optics
