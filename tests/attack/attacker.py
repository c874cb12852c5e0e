"""An attack on released rows by somebody who has read the public code, and shares none with the gate.

She works out, for each released row, every pair of numbers of persons that would have been printed so; ties the numbers
by every sum that is true (she is told which are: more than a reader can know); and solves for the smallest and largest
value of each. Whatever keys rows have, she tries as keys that divide persons.
"""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import linprog, milp
from scipy.sparse import lil_array

TABLE = Path(__file__).parents[2] / "data" / "coding" / "populations.csv"
COUNTS = {"count", "sample_size"}
SHARES = {"share", "rounded_share"}
NUMBERS = {"mean", "sd", "median", "mode", "percentile"}


def _table():
    told = defaultdict(dict)
    for line in csv.DictReader(TABLE.open(encoding="utf-8")):
        if line["kind"] == "setting":
            told["setting"] |= dict.fromkeys(line["parts"].split())
        else:
            told[line["kind"]][line["name"]] = line["parts"]
    return told


TOLD = _table()


def whom(row):
    """The keys that pick the persons of a row."""
    keys = dict(part.split("=", 1) for part in row["group"].split(";") if part)
    keys = {key: value for key, value in keys.items() if key not in TOLD["setting"]}
    sample = (TOLD["sample"] | TOLD["subsample"]).get(row["sample"])
    picked = {"of": row["sample"]} if sample is None else dict(part.split("=") for part in sample.split())
    scheme = {} if row["scheme"] == "both" else {"scheme": row["scheme"]}
    return frozenset((picked | keys | scheme).items())


def counts_persons(row):
    unit = row["unit"] if row["unit"] in TOLD["unit"] else row["term"]
    return row["sample"] in TOLD["respondents"] or TOLD["unit"].get(unit, "persons") == "persons"


def nearest(x, step):
    return np.floor((2 * x + step) / (2 * step)) * step


class Rule:
    """The rule of the public code, written again: what would be printed of a number, or of `k` of `n`."""

    def __init__(self, base=5, least=10, share_least=20):
        self.base, self.least, self.share_least = base, least, share_least

    def few(self, x, step):
        return (nearest(x, self.base) < self.least) | (nearest(x, step) < self.least)

    def count(self, x, step):
        """What is printed of every number in an array; -1 for few."""
        return np.where(self.few(x, step), -1, nearest(x, step))

    def share(self, k, n, steps):
        """What is printed of k of n: (few inside, few outside, too few in all), the share, and n."""
        k_step, n_step = steps
        size, inside, outside = nearest(n, n_step), nearest(k, k_step), nearest(n - k, k_step)
        few_in = self.few(k, k_step) | (size - outside < self.least)
        few_out = self.few(n - k, k_step) | (size - inside < self.least)
        step = np.select([size < 50, size < 100, size < 1000], [1e-10, 0.05, 0.01], 0.001)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.floor(inside / size / step + 0.5 + 1e-9) * step
        hidden = (size < self.share_least) | (few_in & few_out)
        return hidden, few_in & ~hidden, few_out & ~hidden, np.round(share, 9), size


def possible(row, true, rule, steps):
    """The smallest and largest number inside, outside and in all that a released row leaves."""
    if row["state"] == "" and not np.isnan(row["value"]) and row["statistic"] in COUNTS | SHARES:  # told as it is
        n = row["n"]
        k = round(row["value"] if row["statistic"] in COUNTS else row["value"] * n)
        return (k, k), (n - k, n - k), (n, n)
    nothing = (0.0, np.inf)
    if row["statistic"] in COUNTS:
        if row["state"] == "hidden":
            return nothing, nothing, nothing
        x = (
            np.arange(0, 3 * max(steps) + 30)
            if row["state"] == "under"
            else np.arange(row["value"] - 45, row["value"] + 46)
        )
        printed = -1 if row["state"] == "under" else row["value"]
        x = x[(x >= 0) & (rule.count(x, steps[0]) == printed)]
        return (x.min(), x.max()), nothing, size_of(row["n"], rule, steps[1])
    if row["state"] == "hidden":
        of_few = row["rule"] == "R2"  # she cannot know, and is told
        return nothing, nothing, (0.0, rule.share_least - 1.0) if of_few else nothing
    sizes = np.arange(max(row["n"] - steps[1], 0), row["n"] + steps[1] + 1)
    sizes = sizes[nearest(sizes, steps[1]) == row["n"]]
    found = []
    for n in sizes:
        if row["state"] == "about":
            k = np.arange(
                max(0, np.floor((row["value"] - 0.06) * n) - 25), min(n, np.ceil((row["value"] + 0.06) * n) + 25) + 1
            )
        else:
            k = np.arange(0, min(n, 60) + 1)
            k = k if row["state"] == "under" else n - k
        hidden, under, over, share, _ = rule.share(k, np.full_like(k, n), steps)
        same = {"under": under, "over": over}.get(
            row["state"], ~hidden & ~under & ~over & np.isclose(share, row["value"])
        )
        found += [(inside, n - inside, n) for inside in k[same]]
    return tuple((min(column), max(column)) for column in zip(*found, strict=True))


def size_of(n, rule, step):
    if np.isnan(n):
        return 0.0, np.inf
    x = np.arange(max(0, n - step), n + step + 1)
    x = x[(nearest(x, step) == n) & ~rule.few(x, step)]
    return (x.min(), x.max()) if len(x) else (n, n)


class Attack:
    """Numbers of persons, what is left of each, and the sums.

    Args:
        rows: Released rows, with `rule`.
        true: The true rows in the same order, to tell which sums are true and to judge the answers.
        steps: What `value` and `n` of each row were rounded to.
    """

    def __init__(self, rows, true, steps, rule=None):
        self.rule = rule or Rule()
        self.left, self.sums, self.printed = {}, {}, defaultdict(dict)
        records = zip(rows.to_dict("records"), true.to_dict("records"), steps.to_numpy().tolist(), strict=True)
        whole = []
        for row, fact, step in records:
            if counts_persons(row) and not np.isnan(fact["value"]):
                whole += self.read(row, fact, step)
        for cell, n, part, outside in whole:
            larger = next((c for c in self.larger(cell) if n in self.sizes(c)), self.larger(cell)[0])
            self.add((larger, "", n), (0, np.inf), None)
            self.tie((larger, "", n), (part, (larger, f"but {sorted(cell - larger)}", outside)))
        self.divide()
        self.outcomes()

    def read(self, row, fact, step):
        cell, term, n = whom(row), row["term"], fact["n"]
        statistic = row["statistic"]
        exact = row["state"] == "" and statistic in COUNTS | SHARES
        if statistic in NUMBERS and not np.isnan(n):
            left = size_of(row["n"], self.rule, step[1]) if not exact else (n, n)
            self.add((cell, "", round(n)), (round(n), round(n)) if row["rule"] == "" else left, row)
        if statistic not in COUNTS | SHARES or term in TOLD["expected"]:
            return []
        inside, outside, size = possible(row, fact, self.rule, step)
        k = round(fact["value"] if statistic in COUNTS else fact["value"] * n)
        member = term in TOLD["member"]
        part = (cell, "" if member else term, k)
        self.add(part, inside, row)
        if np.isnan(n) or (statistic in COUNTS and k == n):
            return []
        n = round(n)
        if member:
            return [(cell, n, part, n - k)]
        self.add((cell, "", n), size, row)
        self.add((cell, f"not {term}", n - k), outside, None)
        self.tie((cell, "", n), (part, (cell, f"not {term}", n - k)))
        return []

    def add(self, number, left, row):
        low, high = self.left.get(number, (0.0, np.inf))
        self.left[number] = max(low, left[0]), min(high, left[1])
        if row is not None:
            for book in (row["exhibit"], ""):
                self.printed[number[:2]].setdefault((number[2], book), None)

    def tie(self, whole, parts):
        if abs(whole[2] - sum(part[2] for part in parts)) < 1e-6 and whole not in parts:
            for number in (whole, *parts):
                self.left.setdefault(number, (0.0, np.inf))
            self.sums[whole, tuple(sorted(parts, key=str))] = None

    def sizes(self, cell):
        return {value for value, _ in self.printed.get((cell, ""), ())}

    @staticmethod
    def larger(cell):
        keys = [item for item in sorted(cell) if item[0] not in ("scheme", "missing", "of")] or sorted(cell)
        last = [item for item in sorted(cell) if item[0] in ("scheme", "missing")]
        return [cell - {item} for item in [*keys, *last]] + [cell - set(keys)]

    def divide(self):
        """Categories of any key, or of two at once, that add up to what is printed without it; or leave something."""
        families = defaultdict(list)
        for cell, role in list(self.printed):
            for many in (1, 2):
                for items in itertools.combinations(sorted(item for item in cell if item[0] != "of"), many):
                    for value, book in self.printed[cell, role]:
                        families[tuple(key for key, _ in items), cell - set(items), role, book].append(
                            (cell, role, value)
                        )
        for (keys, rest, role, book), parts in families.items():
            wholes = sorted({value for value, _ in self.printed.get((rest, role), ())})
            nobody = (
                [p for p in families[keys, rest, role, ""] if p[2] == 0 and p[0] not in {q[0] for q in parts}]
                if book
                else []
            )
            one = {part[0]: part for part in [*parts, *nobody]}
            shared = not TOLD["overlapping"].keys().isdisjoint(keys)
            for subset in self.subsets(list(one.values()), [] if shared else wholes):
                for value in wholes:
                    left = value - sum(part[2] for part in subset)
                    many = [len({dict(part[0])[key] for part in subset}) for key in keys]
                    divided = min(many) > 1 and np.prod(many) == len(subset)
                    if left == 0 and divided:
                        self.tie((rest, role, value), subset)
                    elif left >= 0 and (len(subset) == 1 or value == wholes[0]):
                        names = str(sorted(str(sorted(part[0] - rest)) for part in subset))
                        self.tie(
                            (rest, role, value),
                            (*subset, (rest, f"{role} without {names}" if left else f"no {role} {names}", left)),
                        )
            if not wholes and all(len({dict(part[0])[key] for part in one.values()}) > 1 for key in keys):
                self.tie((rest, role, sum(part[2] for part in one.values())), tuple(one.values()))

    @staticmethod
    def subsets(parts, wholes):
        """All parts; each by itself; and all but one or two, where sub-totals stand among them (nobody is none)."""
        yield tuple(parts)
        yield from ((part,) for part in parts if len(parts) > 1)
        for out in (1, 2):
            if sum(part[2] for part in parts) not in wholes and len(parts) - out > 1:
                for some in itertools.combinations(parts, len(parts) - out):
                    if sum(part[2] for part in some) in wholes and all(part in some or part[2] for part in parts):
                        yield some

    def outcomes(self):
        of_cell = defaultdict(lambda: defaultdict(list))
        for cell, role, value in list(self.left):
            of_cell[cell][role].append((cell, role, value))
        for roles in of_cell.values():
            for role, parts in TOLD["outcome"].items():
                pieces = [roles[part][0] for part in parts.split() if part in roles]
                if pieces and len(pieces) == len(parts.split()):
                    for whole in roles.get(role, []):
                        self.tie(whole, tuple(pieces))

    def solve(self, below=10, enough=3):
        """Least and largest value of every number that is in truth less than `below`; wide ones only as far as that."""
        numbers = list(self.left)
        place = {number: at for at, number in enumerate(numbers)}
        matrix = lil_array((len(self.sums), len(numbers)))
        for at, (whole, parts) in enumerate(self.sums):
            matrix[at, place[whole]] = -1
            for part in parts:
                matrix[at, place[part]] += 1
        matrix = matrix.tocsr()
        truth = np.array([number[2] for number in numbers], dtype=float)
        low = np.array([self.left[number][0] for number in numbers])
        high = np.minimum([self.left[number][1] for number in numbers], 3 * truth + 300)
        wrong = [(numbers[at], low[at], high[at]) for at in np.flatnonzero((low > truth) | (truth > high))]
        assert not wrong, f"the rule is not the one she wrote: {wrong[:5]}"
        seen_low, seen_high = truth.copy(), truth.copy()
        targets = np.flatnonzero((truth < below) & [not number[1].startswith("no ") for number in numbers])
        bounds, zero = np.column_stack([low, high]), np.zeros(matrix.shape[0])
        random = np.random.default_rng(1)
        narrow = {}
        for round_ in range(10):
            direction = np.zeros(len(numbers))
            open_ = targets[(seen_high - seen_low)[targets] < enough]
            direction[open_] = random.choice([-1.0, 1.0], len(open_)) if round_ else 1.0
            for sign in (1, -1):
                x = milp(
                    sign * direction, constraints=(matrix, 0, 0), bounds=(low, high), integrality=np.ones(len(low))
                ).x
                seen_low, seen_high = np.minimum(seen_low, x), np.maximum(seen_high, x)
        for at in targets[(seen_high - seen_low)[targets] < enough]:
            ends = []
            for sign in (1, -1):
                direction = np.zeros(len(numbers))
                direction[at] = sign
                found = linprog(direction, A_eq=matrix, b_eq=zero, bounds=bounds, method="highs")
                ends.append(sign * found.fun)
            if np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6) < enough:
                narrow[numbers[at]] = np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)
        return narrow, [numbers[at] for at in targets]
