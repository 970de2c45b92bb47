// The peer of the suite `assignment`: LEMON's network simplex on the arcs to the nearest both ways, which it looks up itself
// with the same grid of squares as ours. Usage: assignment-lemon FILE NEIGHBOURS COSTS_A_METRE
// FILE: "parts members", then a line "x y supply" for each part and "x y min max" for each member.
// Prints: arcs, sum of their costs, milliseconds of search, of building the graph and of solving, objective, served, peak kB.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <sys/resource.h>
#include <vector>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Clock = std::chrono::steady_clock;

static double since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

struct Near {
  double square;
  int index;
  bool operator<(const Near& other) const {
    return square < other.square || (square == other.square && index < other.index);
  }
};

/** Points in squares; coordinates of a square lie beside each other. */
class PointGrid {
  double left, bottom, side;
  int columns, rows;
  std::vector<int> start, index;
  std::vector<double> xs, ys;
  std::vector<Near> found;

  int columnOf(double x) const { return std::min(columns - 1, std::max(0, int(std::floor((x - left) / side)))); }
  int rowOf(double y) const { return std::min(rows - 1, std::max(0, int(std::floor((y - bottom) / side)))); }

  void gatherRing(double x, double y, int column, int row, int radius) {
    for (int r = std::max(0, row - radius); r <= std::min(rows - 1, row + radius); r++) {
      bool isEdge = r == row - radius || r == row + radius;
      int step = isEdge || radius == 0 ? 1 : 2 * radius;
      for (int c = isEdge ? std::max(0, column - radius) : column - radius; c <= std::min(columns - 1, column + radius); c += step) {
        if (c < 0) continue;
        for (int at = start[r * columns + c]; at < start[r * columns + c + 1]; at++) {
          double dx = xs[at] - x, dy = ys[at] - y;
          found.push_back({dx * dx + dy * dy, index[at]});
        }
      }
    }
  }

public:
  PointGrid(const std::vector<double>& x, const std::vector<double>& y) : index(x.size()), xs(x.size()), ys(x.size()) {
    auto [least, most] = std::minmax_element(x.begin(), x.end());
    auto [low, high] = std::minmax_element(y.begin(), y.end());
    left = *least;
    bottom = *low;
    double reach = std::max({*most - left, *high - bottom, 1.0});
    double area = std::max(*most - left, reach / 1000) * std::max(*high - bottom, reach / 1000);
    side = std::sqrt(area * 3 / x.size());
    columns = int((*most - left) / side) + 1;
    rows = int((*high - bottom) / side) + 1;
    start.assign(columns * rows + 1, 0);
    std::vector<int> square(x.size());
    for (size_t i = 0; i < x.size(); i++) start[(square[i] = rowOf(y[i]) * columns + columnOf(x[i])) + 1]++;
    for (size_t s = 1; s < start.size(); s++) start[s] += start[s - 1];
    std::vector<int> next(start);
    for (size_t i = 0; i < x.size(); i++) {
      int at = next[square[i]]++;
      index[at] = int(i);
      xs[at] = x[i];
      ys[at] = y[i];
    }
  }

  const std::vector<Near>& nearest(double x, double y, size_t wanted) {
    int column = columnOf(x), row = rowOf(y);
    double kth = std::numeric_limits<double>::infinity();
    found.clear();
    for (int radius = 0;; radius++) {
      gatherRing(x, y, column, row, radius);
      if (column <= radius && row <= radius && column + radius >= columns - 1 && row + radius >= rows - 1) break;
      if (found.size() < wanted) continue;
      if (std::isinf(kth)) {
        std::nth_element(found.begin(), found.begin() + (wanted - 1), found.end());
        kth = found[wanted - 1].square;
      }
      double clear = std::numeric_limits<double>::infinity();
      if (column - radius > 0) clear = std::min(clear, x - (left + (column - radius) * side));
      if (column + radius < columns - 1) clear = std::min(clear, left + (column + radius + 1) * side - x);
      if (row - radius > 0) clear = std::min(clear, y - (bottom + (row - radius) * side));
      if (row + radius < rows - 1) clear = std::min(clear, bottom + (row + radius + 1) * side - y);
      clear -= 1e-9 * side;
      if (clear > 0 && clear * clear > kth) break;
    }
    std::nth_element(found.begin(), found.begin() + (wanted - 1), found.end());
    found.resize(wanted);
    return found;
  }
};

int main(int, char** argv) {
  std::FILE* file = std::fopen(argv[1], "r");
  size_t neighbours = std::strtoul(argv[2], nullptr, 10);
  double costsAMetre = std::atof(argv[3]);
  int parts, members;
  if (!file || std::fscanf(file, "%d %d", &parts, &members) != 2) return 1;
  std::vector<double> px(parts), py(parts), mx(members), my(members);
  std::vector<int> supply(parts), least(members), most(members);
  for (int i = 0; i < parts; i++) if (std::fscanf(file, "%lf %lf %d", &px[i], &py[i], &supply[i]) != 3) return 1;
  for (int i = 0; i < members; i++) if (std::fscanf(file, "%lf %lf %d %d", &mx[i], &my[i], &least[i], &most[i]) != 4) return 1;
  std::fclose(file);

  auto begun = Clock::now();
  size_t ofPart = std::min<size_t>(neighbours, members), ofMember = std::min<size_t>(neighbours, parts);
  std::vector<int> arcPart, arcMember, arcCost;
  arcPart.reserve(parts * ofPart + members * ofMember);
  arcMember.reserve(arcPart.capacity());
  arcCost.reserve(arcPart.capacity());
  std::vector<Near> last(parts);
  auto add = [&](int part, int member, double square) {
    arcPart.push_back(part);
    arcMember.push_back(member);
    arcCost.push_back(int(std::floor(std::sqrt(square) * costsAMetre + 0.5)));
  };
  PointGrid memberGrid(mx, my), partGrid(px, py);
  for (int part = 0; part < parts; part++) {
    const auto& near = memberGrid.nearest(px[part], py[part], ofPart);
    last[part] = near.back();
    for (const Near& one : near) add(part, one.index, one.square);
  }
  for (int member = 0; member < members; member++) {
    for (const Near& one : partGrid.nearest(mx[member], my[member], ofMember)) {
      if (last[one.index] < Near{one.square, member}) add(one.index, member, one.square);
    }
  }
  double searchMs = since(begun);

  begun = Clock::now();
  typedef lemon::SmartDigraph Graph;
  Graph graph;
  graph.reserveNode(parts + members + 1);
  graph.reserveArc(int(arcCost.size()) + members);
  for (int i = 0; i < parts + members + 1; i++) graph.addNode();
  Graph::Node sink = graph.nodeFromId(parts + members);
  for (size_t at = 0; at < arcCost.size(); at++) graph.addArc(graph.nodeFromId(arcPart[at]), graph.nodeFromId(parts + arcMember[at]));
  for (int i = 0; i < members; i++) graph.addArc(graph.nodeFromId(parts + i), sink);
  Graph::ArcMap<int> lower(graph, 0), upper(graph, std::numeric_limits<int>::max());
  Graph::ArcMap<int> cost(graph, 0);
  Graph::NodeMap<int> balance(graph, 0);
  int households = 0;
  for (int i = 0; i < parts; i++) {
    balance[graph.nodeFromId(i)] = supply[i];
    households += supply[i];
  }
  balance[sink] = -households;
  for (size_t at = 0; at < arcCost.size(); at++) cost[graph.arcFromId(int(at))] = arcCost[at];
  for (int i = 0; i < members; i++) {
    lower[graph.arcFromId(int(arcCost.size()) + i)] = least[i];
    upper[graph.arcFromId(int(arcCost.size()) + i)] = most[i];
  }
  lemon::NetworkSimplex<Graph, int, long long> simplex(graph);
  simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(balance);
  double buildMs = since(begun);

  begun = Clock::now();
  bool isOptimal = simplex.run() == lemon::NetworkSimplex<Graph, int, long long>::OPTIMAL;
  double solveMs = since(begun);

  long long sum = 0;
  for (int one : arcCost) sum += one;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%zu %lld %.3f %.3f %.3f %lld %d %ld\n", arcCost.size(), sum, searchMs, buildMs, solveMs,
    isOptimal ? simplex.totalCost<long long>() : -1LL, isOptimal ? households : 0, usage.ru_maxrss);
  return 0;
}
