"""The names readers see for what belongs to the 2019 evaluation of Jobbsjansen."""

from __future__ import annotations

from typing import Final

_SAMPLES: Final = {"part_a": "Part A", "part_c": "Part C"}

_BACKGROUND: Final = {
    "reunified_with_norwegian_or_nordic_citizen": "Reunified with a Norwegian or Nordic citizen",
    "gender=women": "Women",
    "gender=men": "Men",
    "world_region=africa": "Africa",
    "world_region=asia": "Asia",
    "world_region=middle_east": "The Middle East",
    "world_region=europe": "Europe",
    "world_region=latin_america": "Latin America",
    "world_region=north_america": "North America and Oceania",
    "world_region=stateless": "Stateless",
    "age_group=age_18_24": "18–24 years",
    "age_group=age_25_29": "25–29 years",
    "age_group=age_30_34": "30–34 years",
    "age_group=age_35_39": "35–39 years",
    "age_group=age_40_44": "40–44 years",
    "age_group=age_45_49": "45–49 years",
    "age_group=age_50_plus": "50 years or more",
    "education_level=none_or_informal_only": "No schooling, or informal only",
    "education_level=primary_begun_or_completed": "Primary, begun or completed",
    "education_level=lower_secondary_begun_or_completed": "Lower secondary, begun or completed",
    "education_level=upper_secondary_begun_or_completed": "Upper secondary, begun or completed",
    "education_level=higher_begun_or_completed": "Higher, begun or completed",
    "norwegian=none": "No Norwegian",
    "education=lower": "At most lower secondary",
    "education=upper_secondary": "Upper secondary, begun or completed",
    "education=higher": "Higher, begun or completed",
    "norwegian_level_at_start=a1_or_lower": "A1 or lower",
    "norwegian_level_at_start=a2": "A2",
    "norwegian_level_at_start=b_level": "B1 or B2",
    "norwegian_level_at_start=unknown": "Not known",
    "age_group=age_25_44": "25–44 years",
    "age_group=age_45_plus": "45 years or more",
    "duration_group=under_12": "Under 12 months",
    "duration_group=12_23": "12–23 months",
    "duration_group=24_or_more": "24 months or more",
    "agency=nav": "NAV",
    "agency=adult_education": "Adult education",
    "agency=refugee_service": "Refugee service",
}

_INCOME: Final = {
    "main_income_before_start=supported_by_family_or_others": "Supported by family or others",
    "main_income_before_start=introduction_benefit": "Introduction benefit",
    "main_income_before_start=social_assistance": "Social assistance",
    "main_income_before_start=transitional_benefit": "Transitional benefit",
    "main_income_before_start=other": "Other",
    "main_income_before_start=measure_money": "Measure benefit",
    "main_income_before_start=work_or_self_supported": "Work, or self-supported",
    "main_income_before_start=other_public_benefits": "Other public benefits",
    "main_income_before_start=do_not_know": "Not known",
}

_MEASURES: Final = {
    "category=language": "Language",
    "category=work_oriented": "Work",
    "category=education": "Education",
    "category=society": "Society",
    "category=health": "Health",
}

_VERSIONS: Final = {"version=observed": "As observed", "version=adjusted": "Participants made alike"}

_EXITS: Final = {
    "main_exit_reason=paid_work": "Paid work",
    "main_exit_reason=upper_secondary": "Upper secondary education",
    "main_exit_reason=higher_education": "Higher education",
    "main_exit_reason=adult_primary": "Primary education for adults",
    "main_exit_reason=transferred_to_other_measures": "Other measures",
    "main_exit_reason=dropout": "Dropped out",
    "main_exit_reason=completed_without_activity": "Completed without work or education",
    "main_exit_reason=other": "Other",
}

_TERMS: Final = {
    "origin_africa": "From Africa",
    "from_europe": "From Europe",
    "origin_asia": "From Asia",
    "origin_middle_east": "From the Middle East",
    "reduced_work_capacity": "Reduced work capacity",
    "absence_level": "Absence, per step",
    "work_experience_home_country": "Work in the home country, per step",
    "work_experience_norway": "Work in Norway before the start",
    "refugee_service": "Project in the refugee service",
    "adult_education": "Project in adult education",
    "selection_close_followup_need": "Project weighs the need for close follow-up",
    "part_time_work_followed_up": "Part-time work followed up by the project",
    "foreign_education_recognition": "Recognition of foreign education",
    "stress_management": "Stress management",
    "society_orientation_course": "Course in social studies",
    "culture_film_music_theatre_painting": "Culture: film, music, theatre, painting",
    "work_practice_ordinary": "Work practice in an ordinary enterprise",
    "measure_packages": "Measure package",
    "years_of_residence": "Years in Norway",
    "children_under_18": "Children under 18",
    "sole_carer": "Alone with the care for children",
    "care_with_partner": "Care for children with a partner",
    "norwegian_level_none": "No Norwegian at the start",
    "high_absence": "High absence",
    "project_size_staff": "Full-time equivalents of the project",
    "project_size_participants": "Participants of the project",
    "participants_per_full_time_equivalent": "Participants per full-time equivalent",
    "local_interest": "Local interest in Jobbsjansen",
    "local_influence": "The project's local influence",
    "number_of_cooperation_partners": "Number of partners",
    "way_of_working_with_practice": "Practice places of its own",
    "attitude_to_needs_adaptation": "Adapts the programme to needs",
    "degree_of_user_involvement": "User involvement",
    "selection_motivation": "Project weighs motivation",
    "selection_health": "Project weighs health",
    "selection_likelihood_of_goal": "Project weighs how likely the goal is",
    "selection_norwegian_skills": "Project weighs skills in Norwegian",
}

EVALUATION_LABELS: Final = _SAMPLES | _BACKGROUND | _INCOME | _MEASURES | _EXITS | _VERSIONS | _TERMS
