// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/bddc.hpp"

#include "thermal/cholmod_workspace.hpp"
#include "thermal/team_loop.hpp"

#include <cblas.h>

#include <algorithm>
#include <array>

namespace beachfront::thermal {

namespace {

/// Measured on a package of 17 layers with 212,000 and 350,000 unknowns: 6 cells across take more memory for the
/// averages, 10 more for the faces; one average takes 43 iterations instead of 19, three 13 but a larger coarse factor.
/// With 31 layers 5 across take a quarter more time than 8.
constexpr std::size_t cells_across = 8;
constexpr std::size_t most_averages = 2;

int as_int(std::size_t n) {
  return static_cast<int>(n);
}

/// The share of the first side of a face in the stiffness of both: (first + second)^-1 first, in the place of `first`.
/// Both lower triangles.
bool weigh(std::size_t size, Floats& first, Floats& second) {
  for (std::size_t j = 0; j < size; ++j)
    for (std::size_t i = j; i < size; ++i) {
      second[j * size + i] += first[j * size + i];
      first[i * size + j] = first[j * size + i];
    }
  const int n = as_int(size);
  if (!factorise_block(n, n, second.get(), n))
    return false;
  if (n > 0)
    for (const CBLAS_TRANSPOSE turn : {CblasNoTrans, CblasTrans})
      cblas_strsm(CblasColMajor, CblasLeft, CblasLower, turn, CblasNonUnit, n, n, 1, second.get(), n, first.get(), n);
  return true;
}

/// Of a face in the rest that a side has of all its faces.
std::size_t rest_at(const BddcPattern& pattern, const Bddc& bddc, std::size_t face, std::size_t side) {
  std::size_t at = 0;
  for (const std::size_t f : pattern.cut.all[pattern.cut.faces[face].sides[side]].faces) {
    if (f == face)
      break;
    at += bddc.bases[f].rest;
  }
  return at;
}

} // namespace

BddcPattern bddc_pattern(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering) {
  BddcPattern pattern{cut_plan(grid, cells, numbering, cells_across), {}, {}};
  for (const SharedFace& face : pattern.cut.faces) {
    std::size_t averages = 0;
    for (const FaceLine& line : face.lines)
      averages += 3 * std::min(most_averages, line.count);
    pattern.averages.push_back(averages);
  }
  pattern.coarse = coarse_pattern(grid, numbering, pattern.cut, pattern.averages);
  return pattern;
}

double Bddc::MB() const {
  std::size_t values = coarse.value_start.empty() ? 0 : coarse.values();
  for (const SubdomainFactor& own : subdomains)
    values += own.inner.values() + own.shared.values();
  for (const FaceBasis& face : bases)
    values += face.rest * face.rest;
  return static_cast<double>(values * sizeof(float)) / 1e6;
}

bool factorise(const Grid& grid, const std::vector<FilledCell>& cells,
               std::span<const std::optional<ElasticTensor>> tensors, const Numbering& numbering,
               std::span<const char> fixed, const BddcPattern& pattern, Bddc& made) {
  const Subdomains& cut = pattern.cut;
  made.bases.clear();
  for (const SharedFace& face : cut.faces)
    made.bases.push_back(face_basis(grid, numbering, fixed, face, most_averages));
  made.weights.clear();
  made.weights.resize(cut.faces.size());
  made.subdomains.resize(cut.all.size());
  std::vector<std::array<Floats, 2>> sides(cut.faces.size());
  std::vector<double> coarse(pattern.coarse.row.size(), 0.0);
  // Some at a time: what they leave for all is added up in order, and shall not wait long in memory.
  constexpr std::size_t at_once = 32;
  for (std::size_t from = 0; from < cut.all.size(); from += at_once) {
    std::vector<std::optional<Eliminated>> left(std::min(at_once, cut.all.size() - from));
    for_each_in_team(left.size(), [&](std::size_t n) {
      const Subdomain& own = cut.all[from + n];
      std::vector<const FaceBasis*> bases;
      for (const std::size_t f : own.faces)
        bases.push_back(&made.bases[f]);
      assemble(grid, cells, tensors, numbering, fixed, own, made.subdomains[from + n]);
      left[n] = eliminate(own, bases, made.subdomains[from + n]);
    });
    std::vector<std::size_t> both;
    for (std::size_t n = 0; n < left.size(); ++n) {
      if (!left[n])
        return false;
      const Subdomain& own = cut.all[from + n];
      add(pattern.coarse, coarse_unknowns(pattern.coarse, own, pattern.averages), left[n]->kept.get(), coarse);
      for (std::size_t f = 0; f < own.faces.size(); ++f) {
        auto& [first, second] = sides[own.faces[f]];
        (cut.faces[own.faces[f]].sides[0] == from + n ? first : second) = std::move(left[n]->faces[f]);
        if (first && second)
          both.push_back(own.faces[f]);
      }
    }
    std::vector<char> good(both.size());
    for_each_in_team(both.size(), [&](std::size_t n) {
      auto& [first, second] = sides[both[n]];
      good[n] = weigh(made.bases[both[n]].rest, first, second) ? 1 : 0;
      second.reset();
      made.weights[both[n]] = std::move(first);
    });
    if (std::find(good.begin(), good.end(), 0) != good.end())
      return false;
  }
  if (pattern.coarse.unknowns() == 0)
    return true;
  const cholmod_sparse seen = lower_triangle(pattern.coarse.start, pattern.coarse.row, coarse.data());
  return factorise(*pattern.coarse.analysis, seen, made.coarse);
}

BddcRoom bddc_room(const BddcPattern& pattern, const Bddc& bddc) {
  BddcRoom room;
  for (std::size_t s = 0; s < pattern.cut.all.size(); ++s) {
    const std::size_t size = 3 * pattern.cut.all[s].nodes.size();
    const SubdomainFactor& factor = bddc.subdomains[s];
    room.subdomains.push_back({std::vector<double>(size), std::vector<double>(size), aligned_floats(size),
                               aligned_floats(factor.rest + factor.kept), aligned_floats(size)});
  }
  for (const FaceBasis& face : bddc.bases)
    room.faces.push_back({aligned_floats(face.rest + face.averages), aligned_floats(face.rest),
                          aligned_floats(face.averages), aligned_floats(face.rest)});
  room.coarse.resize(pattern.coarse.unknowns());
  return room;
}

void multiply(const BddcPattern& pattern, const Bddc& bddc, std::span<const char> fixed, BddcRoom& room,
              const std::vector<double>& x, std::vector<double>& product) {
  const std::vector<Subdomain>& all = pattern.cut.all;
  for_each_in_team(all.size(), [&](std::size_t s) {
    BddcRoom::OfSubdomain& mine = room.subdomains[s];
    for (std::size_t n = 0; n < all[s].nodes.size(); ++n)
      std::copy_n(&x[3 * static_cast<std::size_t>(all[s].nodes[n])], 3, &mine.in[3 * n]);
    multiply(all[s], bddc.subdomains[s], mine.in, mine.out);
  });
  std::fill(product.begin(), product.end(), 0.0);
  for (std::size_t s = 0; s < all.size(); ++s)
    for (std::size_t n = 0; n < all[s].nodes.size(); ++n)
      for (std::size_t c = 0; c < 3; ++c)
        product[3 * static_cast<std::size_t>(all[s].nodes[n]) + c] += room.subdomains[s].out[3 * n + c];
  for (std::size_t u = 0; u < product.size(); ++u)
    if (fixed[u] != 0)
      product[u] = x[u];
}

namespace {

void inner_forwards(const Subdomain& own, const SubdomainFactor& factor, const std::vector<double>& right,
                    BddcRoom::OfSubdomain& room) {
  for (std::size_t n = 0; n < own.inner; ++n)
    for (std::size_t c = 0; c < 3; ++c)
      room.nodal[3 * n + c] =
          static_cast<float>(right[3 * static_cast<std::size_t>(own.nodes[n]) + c] * factor.inner.scale[3 * n + c]);
  std::fill(&room.nodal[3 * own.inner], &room.nodal[3 * own.nodes.size()], 0.0F);
  solve_forwards(factor.inner, room.nodal.get(), room.work.get());
}

/// Forces on a face to its averages and, by their weights, to the rest of its sides.
void face_forwards(const BddcPattern& pattern, const Bddc& bddc, std::size_t f, const std::vector<double>& right,
                   BddcRoom& room) {
  const SharedFace& face = pattern.cut.faces[f];
  const FaceBasis& basis = bddc.bases[f];
  BddcRoom::OfFace& mine = room.faces[f];
  std::array<const float*, 2> left;
  for (std::size_t side = 0; side < 2; ++side)
    left[side] =
        &room.subdomains[face.sides[side]].nodal[3 * (pattern.cut.all[face.sides[side]].inner + face.place[side])];
  for (std::size_t n = 0; n < face.nodes.size(); ++n)
    for (std::size_t c = 0; c < 3; ++c)
      mine.nodal[3 * n + c] =
          static_cast<float>(right[3 * static_cast<std::size_t>(face.nodes[n]) + c] +
                             static_cast<double>(left[0][3 * n + c]) + static_cast<double>(left[1][3 * n + c]));
  to_basis(basis, mine.nodal.get(), mine.rest.get(), mine.averages.get());
  const int size = as_int(basis.rest);
  if (size > 0)
    cblas_sgemv(CblasColMajor, CblasTrans, size, size, 1, bddc.weights[f].get(), size, mine.rest.get(), 1, 0,
                mine.apart.get(), 1);
  float* const first = &room.subdomains[face.sides[0]].shared[rest_at(pattern, bddc, f, 0)];
  float* const second = &room.subdomains[face.sides[1]].shared[rest_at(pattern, bddc, f, 1)];
  for (std::size_t u = 0; u < basis.rest; ++u) {
    first[u] = mine.apart[u];
    second[u] = mine.rest[u] - mine.apart[u];
  }
}

void solve_coarse(const BddcPattern& pattern, const Bddc& bddc, const std::vector<double>& right, BddcRoom& room) {
  const Subdomains& cut = pattern.cut;
  for (std::size_t f = 0; f < cut.faces.size(); ++f)
    std::copy_n(room.faces[f].averages.get(), pattern.averages[f], room.coarse.begin() + pattern.coarse.of_face[f]);
  for (std::size_t c = 0; c < cut.corners.size(); ++c)
    std::copy_n(&right[3 * static_cast<std::size_t>(cut.corners[c])], 3,
                room.coarse.begin() + pattern.coarse.of_corner[c]);
  for (std::size_t s = 0; s < cut.all.size(); ++s) {
    const Subdomain& own = cut.all[s];
    const BddcRoom::OfSubdomain& mine = room.subdomains[s];
    const std::vector<int> unknowns = coarse_unknowns(pattern.coarse, own, pattern.averages);
    const std::size_t rest = bddc.subdomains[s].rest;
    for (std::size_t u = 0; u < unknowns.size(); ++u)
      room.coarse[static_cast<std::size_t>(unknowns[u])] += static_cast<double>(mine.shared[rest + u]);
    const float* left = &mine.nodal[3 * (own.nodes.size() - own.corners.size())];
    for (const std::size_t c : own.corners)
      for (std::size_t d = 0; d < 3; ++d)
        room.coarse[static_cast<std::size_t>(pattern.coarse.of_corner[c]) + d] += static_cast<double>(*left++);
  }
  if (!room.coarse.empty())
    solve(bddc.coarse, room.coarse);
  for (std::size_t s = 0; s < cut.all.size(); ++s) {
    const std::vector<int> unknowns = coarse_unknowns(pattern.coarse, cut.all[s], pattern.averages);
    float* const kept = &room.subdomains[s].shared[bddc.subdomains[s].rest];
    for (std::size_t u = 0; u < unknowns.size(); ++u)
      kept[u] = static_cast<float>(room.coarse[static_cast<std::size_t>(unknowns[u])]);
  }
}

/// Displacements of a face from those of its two sides, by their weights, and its averages.
void face_backwards(const BddcPattern& pattern, const Bddc& bddc, std::size_t f, BddcRoom& room,
                    std::vector<double>& moved) {
  const SharedFace& face = pattern.cut.faces[f];
  const FaceBasis& basis = bddc.bases[f];
  BddcRoom::OfFace& mine = room.faces[f];
  const float* const first = &room.subdomains[face.sides[0]].shared[rest_at(pattern, bddc, f, 0)];
  const float* const second = &room.subdomains[face.sides[1]].shared[rest_at(pattern, bddc, f, 1)];
  for (std::size_t u = 0; u < basis.rest; ++u) {
    mine.apart[u] = first[u] - second[u];
    mine.rest[u] = second[u];
  }
  const int size = as_int(basis.rest);
  if (size > 0)
    cblas_sgemv(CblasColMajor, CblasNoTrans, size, size, 1, bddc.weights[f].get(), size, mine.apart.get(), 1, 1,
                mine.rest.get(), 1);
  for (std::size_t a = 0; a < basis.averages; ++a)
    mine.averages[a] = static_cast<float>(room.coarse[static_cast<std::size_t>(pattern.coarse.of_face[f]) + a]);
  to_nodal(basis, mine.rest.get(), mine.averages.get(), mine.nodal.get());
  for (std::size_t n = 0; n < face.nodes.size(); ++n)
    for (std::size_t c = 0; c < 3; ++c)
      moved[3 * static_cast<std::size_t>(face.nodes[n]) + c] = static_cast<double>(mine.nodal[3 * n + c]);
}

void inner_backwards(const Subdomain& own, const SubdomainFactor& factor, BddcRoom::OfSubdomain& room,
                     std::vector<double>& moved) {
  for (std::size_t n = own.inner; n < own.nodes.size(); ++n)
    for (std::size_t c = 0; c < 3; ++c)
      room.nodal[3 * n + c] = static_cast<float>(moved[3 * static_cast<std::size_t>(own.nodes[n]) + c]);
  solve_backwards(factor.inner, room.nodal.get(), room.work.get());
  for (std::size_t n = 0; n < own.inner; ++n)
    for (std::size_t c = 0; c < 3; ++c)
      moved[3 * static_cast<std::size_t>(own.nodes[n]) + c] =
          static_cast<double>(room.nodal[3 * n + c]) * factor.inner.scale[3 * n + c];
}

} // namespace

void precondition(const BddcPattern& pattern, const Bddc& bddc, BddcRoom& room, std::vector<double>& right) {
  const Subdomains& cut = pattern.cut;
  for_each_in_team(cut.all.size(),
                   [&](std::size_t s) { inner_forwards(cut.all[s], bddc.subdomains[s], right, room.subdomains[s]); });
  for_each_in_team(cut.faces.size(), [&](std::size_t f) { face_forwards(pattern, bddc, f, right, room); });
  for_each_in_team(cut.all.size(), [&](std::size_t s) {
    const SubdomainFactor& factor = bddc.subdomains[s];
    BddcRoom::OfSubdomain& mine = room.subdomains[s];
    std::fill_n(&mine.shared[factor.rest], factor.kept, 0.0F);
    solve_forwards(factor.shared, mine.shared.get(), mine.work.get());
  });
  solve_coarse(pattern, bddc, right, room);
  for_each_in_team(cut.all.size(), [&](std::size_t s) {
    solve_backwards(bddc.subdomains[s].shared, room.subdomains[s].shared.get(), room.subdomains[s].work.get());
  });
  for_each_in_team(cut.faces.size(), [&](std::size_t f) { face_backwards(pattern, bddc, f, room, right); });
  for (std::size_t c = 0; c < cut.corners.size(); ++c)
    std::copy_n(room.coarse.begin() + pattern.coarse.of_corner[c], 3,
                &right[3 * static_cast<std::size_t>(cut.corners[c])]);
  for_each_in_team(cut.all.size(),
                   [&](std::size_t s) { inner_backwards(cut.all[s], bddc.subdomains[s], room.subdomains[s], right); });
}

} // namespace beachfront::thermal
