"""What analysts call channels, metrics and clients."""

WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven", 12: "twelve",
}  # fmt: skip

METRICS = {
    "return_on_ad_spend": ("ROAS", "return on ad spend"),
    "cost_per_click": ("CPC", "cost per click"),
    "conversion_rate": ("conversion rate", "CVR", "the conversion rate"),
    "ad_spend": ("ad spend", "spend"),
    "media_cost": ("media cost",),
    "net_revenue": ("net revenue", "revenue"),
    "bookings_value": ("bookings value", "booking value"),
    "cost_per_lead": ("cost per lead", "CPL"),
}
CHANNELS = {"google-ads": "Google Ads", "meta-ads": "Meta Ads", "tiktok": "TikTok", "linkedin": "LinkedIn"}


def channel_named(channel: str) -> str:
    return CHANNELS.get(channel, channel.replace("-", " ").title())


def metric_named(metric: str) -> str:
    return metric.replace("_", " ")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
