"""Tellings of customers, pipelines, notes, reports and days."""

from tests.agent.grounding.outsiders.pen import Pen, Row, Told, say


def best(pen: Pen) -> Told | None:
    one = pen.scene.found[0]["customers"][0]
    return say(
        "Your top customer is {}: {} orders worth {}, so {} per order.",
        one["name"],
        pen.count(one["orders"], one),
        pen.takings(one["revenue"], one),
        pen.takings(one["average_order"], one),
    )


def best_table(pen: Pen) -> Told | None:
    told: Told = ("| Customer | Segment | Orders | Revenue |\n| --- | --- | ---: | ---: |\n",)
    for one in pen.scene.found[0]["customers"]:
        told += say(
            "| {} | {} | {} | {} |\n",
            one["name"],
            one["segment"],
            pen.count(one["orders"], one, plain=True),
            pen.takings(one["revenue"], one, plain=True),
        )
    return told


def best_share(pen: Pen) -> Told | None:
    found, made, _ = pen.scene.found
    one = found["customers"][0]
    return say(
        "{} alone accounts for {} of all customer revenue – {} out of {}.",
        one["name"],
        pen.share(made["value"], made),
        pen.takings(one["revenue"], one, plain=True),
        pen.takings(found["matching"]["revenue"], found["matching"], plain=True),
    )


def base(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    return say(
        "{} has {} customers on file. {} of them were new in the period from {}, and {} had bought before.",
        pen.whose,
        pen.count(found["total"], _top(found)),
        pen.count(found["new"], _top(found), plain=True),
        pen.span(found["period"]),
        pen.count(found["returning"], _top(found), plain=True),
    )


def segment(pen: Pen) -> Told | None:
    row = max(pen.scene.found[0]["by_segment"], key=lambda each: each["revenue"])
    return say(
        "The most valuable segment is **{}**: {} customers, {} orders, {} in lifetime revenue.",
        row["segment"],
        pen.count(row["customers"], row),
        pen.count(row["orders"], row),
        pen.takings(row["revenue"], row),
    )


def basket(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    return say(
        "The average order is worth {} ({} orders, {} revenue in total).",
        pen.takings(found["average_order"], _top(found)),
        pen.count(found["orders"], _top(found), plain=True),
        pen.takings(found["revenue"], _top(found), plain=True),
    )


def runs(pen: Pen) -> Told | None:
    found, counts = pen.scene.found[0], pen.scene.found[0]["counts"]
    if not counts["failed"] + counts["dead_letter"]:
        return None
    return say(
        "Out of {} runs between {}, {} failed and {} ended up in the dead letter queue; {} went through.",
        pen.count(found["count"], counts, plain=True),
        pen.span(found["period"]).replace("through", "and"),
        pen.count(counts["failed"], counts),
        pen.count(counts["dead_letter"], counts),
        pen.count(counts["succeeded"], counts, plain=True),
    )


def rate(pen: Pen) -> Told | None:
    found, made = pen.scene.found
    return say(
        "Success rate was {}, {} of {} runs.",
        pen.share(made["value"], made),
        pen.count(found["counts"]["succeeded"], found["counts"], plain=True),
        pen.count(found["count"], found["counts"], plain=True),
    )


def jobs(pen: Pen) -> Told | None:
    told: Told = ("Job by job:\n",)
    for job in pen.scene.found[0]["jobs"]:
        told += say(
            "- `{}`: {} ok, {} failed, {} dead-lettered (last: {})\n",
            job["job"],
            pen.count(job["succeeded"], job, plain=True),
            pen.count(job["failed"], job, plain=True),
            pen.count(job["dead_letter"], job, plain=True),
            job["last_state"],
        )
    return told


def notes(pen: Pen) -> Told | None:
    found, counts = pen.scene.found[0], pen.scene.found[0]["counts"]
    one = found["notes"][0]
    return say(
        "There are {} notes: {} open, {} in progress and {} done. The newest is “{}” by {}, from {}.",
        pen.count(found["count"], counts),
        pen.count(counts.get("open", 0), counts),
        pen.count(counts.get("in_progress", 0), counts),
        pen.count(counts.get("done", 0), counts),
        one["title"],
        one["author"],
        pen.day(one["created_at"]),
    )


def reports(pen: Pen) -> Told | None:
    one = pen.rng.choice(pen.scene.found[0]["reports"])
    return say(
        "[{}]({}) last ran {} ago and returned {} rows.",
        one["name"],
        one["url"],
        pen.measure(one["hours_old"], {"hours": one["hours_old"]}, "hours"),
        pen.count(one["rows"], {"rows": one["rows"]}),
    )


def _top(found: Row) -> Row:
    return {name: value for name, value in found.items() if isinstance(value, int | float)}


TELLINGS = {
    "customers": (best, best_table, best_share),
    "base": (base, segment, basket),
    "pipelines": (runs, rate, jobs),
    "notes": (notes,),
    "reports": (reports,),
}
