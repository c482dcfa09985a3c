"""What the outsiders' clients do, sell and count."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Trade:
    slug: str
    name: str
    channels: tuple[str, ...]
    sums: tuple[tuple[str, str, float, str], ...]
    """Name, unit, a usual day of the first channel, good direction."""
    ratios: tuple[tuple[str, str, str, str, str], ...] = ()
    """Name, unit, numerator, denominator, good direction."""
    means: tuple[tuple[str, str, float], ...] = ()
    segments: tuple[str, ...] = ()


TRADES = (
    Trade(
        slug="skerry",
        name="Skerry Ferries",
        channels=("harbour-kiosk", "mobile-app", "tour-operators"),
        sums=(
            ("passengers", "", 940.0, "up"),
            ("fares", "£", 8_350.0, "up"),
            ("fuel_burned", "l", 2_640.0, "down"),
            ("cancelled_crossings", "", 6.0, "down"),
        ),
        ratios=(("fare_per_passenger", "£", "fares", "passengers", "up"),),
        means=(("boarding_delay", "min", 11.5),),
        segments=("islanders", "day-trippers", "freight"),
    ),
    Trade(
        slug="lumen",
        name="Lumen & Loft Museum",
        channels=("front-desk", "partner-hotels", "instagram", "school-trips"),
        sums=(
            ("admissions", "", 410.0, "up"),
            ("ticket_income", "EUR", 5_120.0, "up"),
            ("gift_shop_sales", "EUR", 1_870.0, "up"),
            ("ad_cost", "EUR", 236.0, "down"),
        ),
        ratios=(("cost_per_admission", "EUR", "ad_cost", "admissions", "down"),),
        means=(("audio_guide_uptake", "%", 37.0),),
        segments=("members", "schools", "walk-ins"),
    ),
    Trade(
        slug="heliade",
        name="Heliade Solar",
        channels=("field-sales", "webinars", "linkedin-ads"),
        sums=(
            ("energy_fed_in", "kWh", 14_800.0, "up"),
            ("site_surveys", "", 23.0, "up"),
            ("signed_contracts_value", "$", 61_500.0, "up"),
            ("promo_budget_used", "$", 1_940.0, "down"),
        ),
        ratios=(("cost_per_survey", "$", "promo_budget_used", "site_surveys", "down"),),
        means=(("inverter_uptime", "%", 98.1),),
        segments=("farms", "households", "municipal"),
    ),
)
