"""Answers in the manner of analysts, with holes for the values. Those under HELD_OUT were written before the
checks were tuned on the others, and never looked at while that was done."""

PERFORMANCE = (
    "{Metric} came to {total} last week, {up} {pct} on the week before ({before}).",
    "Acme Outfitters: {metric} {rose} {pct} to {total} (9–15 Nov), from {before} the week before.",
    "**{Metric}, 9–15 Nov:** {total}. That is {diff} {higher} than in the previous week ({before}).",
    "Last week you saw {total} in {metric}, versus {before} a week earlier; {increase} of {pct}.",
    (
        "{Metric} by channel last week:\n- {ch0}: {v0} ({s0} of the total)\n- {ch1}: {v1} "
        "({s1})\n- {ch2}: {v2} ({s2})"
    ),
    (
        "| Channel | {Metric} | Share |\n|---|---|---|\n| {ch0} | {v0} | {s0} |\n| {ch1} | {v1} "
        "| {s1} |\n| {ch2} | {v2} | {s2} |"
    ),
    "Most of the {metric} came from {ch0} ({v0}, {s0}), followed by {ch1} with {v1} and {ch2} with {v2}.",
    "{ch0} brought {v0}, {ch1} {v1} and {ch2} {v2}, which adds up to {total} in {metric}.",
    "The strongest day was {bestday} with {best} in {metric}; the weakest was {worstday} with {worst}.",
    "On {bestday} {metric} peaked at {best}. It then ran down to {worst} on {worstday}.",
    "Between 9 Nov and 15 Nov {metric} averaged {average} a day, for {total} in all.",
    "{Metric} was {total} over the 7 days, i.e. {average} per day on average.",
    "In short: {metric} {rose} {pct} and {other} {roseother} {otherpct} week over week.",
    "{Metric}: {total} ({up} {pct}). {other}: {othertotal} ({upother} {otherpct}).",
    "# {Metric} last week\n\n{total} in total, {pct} {higher} than the {before} of 2–8 Nov.",
    "- Total {metric}: {total}\n- Week before: {before}\n- Change: {up} {pct} ({up} {diff})",
    "| | Last week | Before |\n|---|---|---|\n| {Metric} | {total} | {before} |",
    (
        "| Day | {Metric} |\n|:--|--:|\n| {bestday} | {best} |\n| {middleday} | {middle} |\n| "
        "{worstday} | {worst} |"
    ),
    "Across {channels} channels, {metric} reached {total}. {ch1} alone made {v1}, {upp1} {p1}.",
    "{ch0} {rosep0} {p0} to {v0}, while {ch1} {rosep1} {p1} to {v1}.",
    "{ch2} is small: {v2}, or {s2} of all {metric}. A week before it was {b2} ({upp2} {p2}).",
    "1. {ch0} — {v0}\n2. {ch1} — {v1}\n3. {ch2} — {v2}\n\nAll three together: {total}.",
    "For {ch0} we see {v0} in {metric} against {o0} in {other}.",
    "{Metric} on {ch1} {rosep1} from {b1} to {v1} ({p1}).",
)

OUTLIERS = (
    (
        "There were {count} outliers this month. The newest: {metric} of {channel} was "
        "{value} on {day} at {clock}, where {expected} was expected."
    ),
    (
        "{Metric} on {channel} hit {value} on {day}, {pct} above the expected {expected} "
        "(usual range {lower}–{upper})."
    ),
    (
        "I found {count} outliers:\n- {day}, {clock}: {channel} {metric} at {value} (expected "
        "{expected}, {pct} over)\n- {day2}, {clock2}: {channel2} {metric} at {value2} ({pct2} "
        "over)"
    ),
    (
        "| When | Channel | Value | Expected |\n|---|---|---|---|\n| {day} {clock} | {channel} "
        "| {value} | {expected} |\n| {day2} {clock2} | {channel2} | {value2} | {expected2} |"
    ),
    (
        "On {day2} {channel2} spent {value2} within the hour, {pct2} more than the "
        "{expected2} that was expected."
    ),
    "The spike of {day} was {diff} above the {expected} expected: {value} instead of {lower} to {upper}.",
    "{count} critical outliers, and {open} notes that are still open.",
    "Notes: {open} open, {done} done. Outliers: {count}.",
)

PEOPLE = (
    "{n0} leads with {o0} orders and {r0} in lifetime revenue, ahead of {n1} ({o1} orders, {r1}).",
    "Your top {listed} customers by revenue are {n0} ({r0}), {n1} ({r1}) and {n2} ({r2}).",
    (
        "| Customer | Orders | Revenue |\n|---|---|---|\n| {n0} | {o0} | {r0} |\n| {n1} | {o1} "
        "| {r1} |\n| {n2} | {o2} | {r2} |"
    ),
    (
        "Acme Outfitters has {total} customers, {new} of them new last week; together they "
        "placed {orders} orders."
    ),
    "There are {sc0} {seg0} customers and {sc1} {seg1} ones, out of {total}.",
    "- {seg0}: {sc0} customers, {so0} orders\n- {seg1}: {sc1} customers, {so1} orders",
    "The {seg0} segment counts {sc0} customers with {so0} orders in all.",
    "{new} new customers joined last week, which makes {total}.",
)

RATES = (
    "A click cost {cpc} last week, {cpcpct} {higher} than the week before ({cpcbefore}), on {clicks} clicks.",
    "Cost per click was {cpc}; the conversion rate was {cr} ({upcr} {crpct}) and return on ad spend {roas}.",
    (
        "| Channel | Clicks | Cost per click |\n|---|---|---|\n| {ch0} | {k0} | {c0} |\n| {ch1} "
        "| {k1} | {c1} |\n| {ch2} | {k2} | {c2} |"
    ),
    (
        "- {ch0}: {c0} per click, {cr0} conversion rate\n- {ch1}: {c1} per click, {cr1} "
        "conversion rate\n- {ch2}: {c2} per click, {cr2} conversion rate"
    ),
    "Return on ad spend: {ch0} {r0}, {ch1} {r1}, {ch2} {r2}.",
    "{ch0} had {k0} clicks at {c0} each and converts at {cr0}.",
    "CPC {rose} {cpcpct} to {cpc}, from {cpcbefore} in the previous week.",
    "With {clicks} clicks, the conversion rate ended at {cr}.",
)

HELD_OUT = {
    "performance": (
        (
            "You made {total} in {metric} from 9 to 15 November, which is {pct} {higher} than "
            "the {before} of the previous week."
        ),
        "{metric}, week 46: {total}\nprevious week: {before}\nchange: {up} {pct}",
        "Looking at the week as a whole, {metric} {rose} by {pct}, reaching {total} in the end.",
        (
            "{ch0} is the biggest channel with {v0}; that is {s0} of {metric}. {ch2} trails with "
            "just {v2} ({s2})."
        ),
        "| Channel | This week | Previous week | Change |\n|---|---|---|---|\n| {ch0} | {v0} | "
        "{b0} | {upp0} {p0} |\n"
        "| {ch1} | {v1} | {b1} | {upp1} {p1} |\n| **Total {metric}** | {total} | {before} | {up} {pct} |",
        "Best day for {metric}: {bestday} ({best}). Worst day: {worstday} ({worst}).",
        "The three channels stand at {v0} ({ch0}), {v1} ({ch1}) and {v2} ({ch2}).",
        "While {metric} {rose} {pct}, {other} ended the week at {othertotal}.",
        "In numbers: {total} of {metric}, about {average} each day.",
    ),
    "outliers": (
        "{channel}: {value} of {metric} on {day}, although only {expected} would be normal.",
        (
            "Both outliers are critical. On {day} it was {channel} ({value}), on {day2} it was "
            "{channel2} ({value2})."
        ),
        "We have {open} open notes and {done} that are done.",
    ),
    "people": (
        "Our best customer is {n0}: {o0} orders, {r0} so far. Second is {n1} with {r1}.",
        "In total {total} customers; {sc0} of them are {seg0}.",
    ),
    "rates": (
        "You paid {cpc} per click ({up} {cpcpct}) and {cr} of the clicks converted.",
        (
            "| Channel | Conversion rate | Return on ad spend |\n|---|---|---|\n| {ch0} | {cr0} | "
            "{r0} |\n| {ch1} | {cr1} | {r1} |"
        ),
        "{ch0} is at {c0} a click, {ch1} at {c1}, {ch2} at {c2}.",
    ),
}

TEMPLATES = {
    "performance": PERFORMANCE,
    "outliers": OUTLIERS,
    "people": PEOPLE,
    "rates": RATES,
}
