#!/usr/bin/env python3
"""Writes the last columns of `regions/china/counties.csv`: what each county's economy was before 2010.

Run it anywhere, with Python 3 and nothing else; it reads only files of `data/` and writes the columns of
`counties.csv` anew. The result is the same every time.

rural_industry_1998  workers of township and village enterprises in industry per 1,000 people of the province
exports_2008         exports per head of the province, US$
clusters             industrial clusters and wholesale markets that lists from before 2010 name in the county
cluster_trades       their trades with counts, as `clothing:2 toys:1`; entries that name no trade are left out
clusters_near        clusters and markets of other counties, each times exp(-distance / 50 km)
market_potential     people of cities over distance, summed: million people per km
to_port_km           great-circle distance to the nearest of twelve great sea ports
"""

import csv
import math
from collections import Counter, defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
COLUMNS = ["rural_industry_1998", "exports_2008", "clusters", "cluster_trades", "clusters_near", "market_potential",
           "to_port_km"]
EARTH_RADIUS = 6371.0088  # km
DECAY = 50.0  # km within which a cluster of another county counts
NEAREST_CITY = 20.0  # km: a city is not a point
# Neither table has Tibet. It is given the lowest figure of any province (assumed).
ABSENT = "西藏自治区"


def rows(path):
    with open(DATA / path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def point(row):
    east, north = math.radians(float(row["lon"])), math.radians(float(row["lat"]))
    return (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))


def distance(a, b):
    """The great circle between two points of the unit sphere [km]."""
    chord = math.dist(a, b)
    return 2.0 * EARTH_RADIUS * math.asin(min(1.0, chord / 2.0))


def by_province(indicator, year):
    found = {row["province"]: float(row["value"]) for row in rows("facts/enterprise_by_province.csv")
             if row["indicator"] == indicator and row["year"] == year}
    found.setdefault(ABSENT, min(found.values()))
    return found


def main():
    counties = rows("counties.csv")
    industry = by_province("rural_industry_workers_per_1000", "1998")
    exports = by_province("exports_per_head", "2008")
    clusters, trades = Counter(), defaultdict(Counter)
    for row in rows("facts/industrial_base.csv"):
        if row["kind"] in ("industrial_cluster", "wholesale_market") and row["code"]:
            clusters[row["code"]] += 1
            if row["trade"]:
                trades[row["code"]][row["trade"]] += 1
    cities = [(point(row), float(row["population"])) for row in rows("facts/cities.csv")
              if row["part_of_larger"] == "0" and not row["doubt"]]
    ports = [point(row) for row in rows("facts/ports.csv")]
    places = {row["code"]: point(row) for row in counties}
    unknown = sorted(set(clusters) - set(places))
    if unknown:
        print("not in counties.csv, left out:", ", ".join(unknown))
    for row in counties:
        code, here = row["code"], places[row["code"]]
        near = sum(count * math.exp(-distance(here, places[other]) / DECAY)
                   for other, count in clusters.items() if other != code and other in places)
        market = sum(people / max(distance(here, city), NEAREST_CITY) for city, people in cities)
        row["rural_industry_1998"] = f"{industry[row['province']]:g}"
        row["exports_2008"] = f"{exports[row['province']]:g}"
        row["clusters"] = clusters[code]
        row["cluster_trades"] = " ".join(f"{trade}:{count}" for trade, count in sorted(trades[code].items()))
        row["clusters_near"] = f"{near:.3f}"
        row["market_potential"] = f"{market / 1e6:.3f}"
        row["to_port_km"] = f"{min(distance(here, port) for port in ports):.1f}"
    columns = [column for column in counties[0] if column not in COLUMNS] + COLUMNS
    with open(DATA / "counties.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(counties)


if __name__ == "__main__":
    main()
