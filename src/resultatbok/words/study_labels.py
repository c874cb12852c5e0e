"""The names readers see for what belongs to other studies: of supported employment, and a survey of projects."""

from __future__ import annotations

from typing import Final

_TRIAL: Final = {
    "arm=intervention": "Offered the measure",
    "arm=control": "Not offered it",
    "analysis=offered": "As offered (intention to treat)",
    "analysis=received": "As received (as treated)",
    "analysis=compliers": "Those who take it when offered (compliers)",
    "in_work_12_months": "In work after 12 months",
    "months_in_employment": "Months in employment",
    "randomised": "Drawn by lot",
    "received": "Received the measure",
    "outcome_known": "Followed for 12 months",
    "woman": "Women",
    "origin_syria": "From Syria",
    "months_in_norway": "Months in Norway",
    "education_at_least_some": "At least some schooling",
    "norwegian_a2_or_higher": "Norwegian at A2 or higher",
    "power": "Probability of finding the difference",
}

_SIX: Final = {
    "support=oppfolging": "Follow-up (Oppfølging)",
    "support=supported_employment_trial": "Supported Employment (trial)",
    "support=aap_as_wage_subsidy_trial": "Assessment allowance as wage subsidy (trial)",
    "support=kin_core_tasks_trial": "Core tasks in NAV (trial)",
    "support=snart_ansatt": "Snart ansatt",
    "support=ips": "Individual job support (IPS)",
    "close_follow_up": "Close follow-up",
    "job_development": "Job development",
    "employer_contact": "Contact with employers",
    "ordinary_work_first": "Ordinary work first",
    "support_at_the_workplace": "Support at the workplace",
}

_SURVEY: Final = {
    "part=a": "Part A",
    "part=c": "Part C",
    "degree=1": "Very small degree",
    "degree=2": "Small degree",
    "degree=3": "Some degree",
    "degree=4": "Large degree",
    "degree=5": "Very large degree",
    "agreement=1": "Disagrees fully",
    "agreement=2": "Disagrees in part",
    "agreement=3": "Neither agrees nor disagrees",
    "agreement=4": "Agrees in part",
    "agreement=5": "Agrees fully",
    "quality=1": "Very bad",
    "quality=2": "Bad",
    "quality=3": "Neither good nor bad",
    "quality=4": "Good",
    "quality=5": "Very good",
}

STUDY_LABELS: Final = _TRIAL | _SIX | _SURVEY
