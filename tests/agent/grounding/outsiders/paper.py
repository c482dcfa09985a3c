"""The texts of the outsiders' clients."""

NOTES = (
    ("Timetable moved to winter hours", "Last boat leaves one hour earlier from Sunday on.", "Oona"),
    ("Kiosk till swapped", "The old till double-booked cash sales; checked with the bank.", "Rafe"),
    ("School half-term", "Expect group bookings in bunches.", "Oona"),
    ("Poster campaign in the tram", "Runs for three weeks, creative by the studio.", "Birgit"),
    ("Inverter firmware update", "Rolled out at night, two sites left.", "Tomasz"),
    ("Supplier invoice disputed", "Waiting for their accounts department.", "Rafe"),
    ("Landing page copy approved", "Goes live after legal has seen it.", "Birgit"),
    ("Audio guide batteries", "Replacements ordered.", "Tomasz"),
    ("Partner rate card renewed", "Same commission as last year.", "Oona"),
)
PEOPLE = (
    "Aoife Brannigan",
    "Bashir Qadri",
    "Celeste Okonjo",
    "Dmitri Halloran",
    "Esra Lindqvist",
    "Fergus Mbeki",
    "Giulia Stansfield",
    "Hamid Rouseau",
    "Ingrid Valdez",
    "Jorge Pemberton",
    "Keiko Strand",
    "Leopold Achterberg",
    "Maren Tibbets",
    "Nadia Fjelde",
    "Osvaldo Crane",
    "Petra Winslow",
    "Quentin Abara",
    "Rosalind Thorne",
    "Sunniva Patel",
    "Tobias Greer",
)
JOBS = ("gate-counts", "ledger-export", "meter-pull", "booking-feed", "crm-mirror")
ERRORS = (
    "connection reset by the gateway",
    "schema drift: column fare_class is gone",
    "certificate of the upstream has expired",
    "rate limited by the vendor",
)
REPORTS = (
    (
        "Takings by site",
        ("site", "takings", "tickets", "refunds"),
        ("North pier", "Old town", "Lighthouse", "Airport stand", "Market hall"),
    ),
    (
        "Crew hours",
        ("team", "hours_worked", "overtime_hours", "sick_days"),
        ("Deck", "Galley", "Front office", "Workshop"),
    ),
    (
        "Stock on hand",
        ("item", "units_left", "stock_value", "days_of_cover"),
        ("Tote bag", "Postcard set", "Puzzle", "Enamel mug", "Field guide"),
    ),
)
