"""One function per figure or table of the book: tidy numbers, how to draw them, caption and alt text.

What every exhibit is made with: `exhibit` (what one is), `tell` (charts, alt texts and
phrases made alike), `breakdowns` and `grouping` (shares by scheme and group), `rounding` (what is said of rounded
shares), `comparison` and `model_rows` (models side by side), `frame`
(phrases on the cohort). The exhibits themselves, by chapter:

- index, summary: `summary`
- method: `sample`, `missing_rows`
- descriptives: `descriptives`, `background`, `spread`, `gaps`, `within_scheme`, `measure_use`, `transitions`,
  `municipal_data`
- individual: `individual`, `odds`, `stepwise`, `typical`, `profiles`, `predicted`, `case_selection`
- composition: `composition`, `composition_words`, `gap_blocks`, `gap_fits`, `for_whom`, `for_whom_fits`, `large_cells`
- effect: `effect`, `effect_balance`, `effect_sensitivity`, `effect_words`
- contribution: `contribution`, `contribution_certainty`, `contribution_methods`, `contribution_projects`,
  `contribution_spread`, `contribution_told_apart`
- packages: `packages`, `package_content`, `package_choice`, `package_attainment`, `package_exits`, `packages_together`
- context: `context`, `context_findings`, `context_models`, `context_odds`, `context_within`
- robustness: `robustness`, `robustness_coding`, `robustness_collinearity`, `robustness_dependence`,
  `robustness_imputation`, `robustness_missing`, `robustness_school`, `robustness_women`, `version_rows`
- support: `trial`, `trial_effects`, `trial_power`, `supported_employment`
- models: `model_cards`, `model_card_rows`, `model_card_texts`
- appendix, fidelity: `appendix`, `stated`, `fidelity`, `fidelity_findings`, `fidelity_words`
- the evaluation's book: `evaluation_rows`, `evaluation_charts` (what they share), `evaluation_participants`,
  `evaluation_countries`, `evaluation_measures`, `package_users`, `package_projects`, `package_predictors`,
  `evaluation_results`, `evaluation_regression`, `survey`
"""
