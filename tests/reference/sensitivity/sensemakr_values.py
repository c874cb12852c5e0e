"""Sensitivity statistics by PySensemakr 0.0.8 (`pip install PySensemakr`), on its Darfur data and on generated people.

    python tests/reference/sensitivity/sensemakr_values.py

Darfur: the values printed in Cinelli and Hazlett (2020), with all digits. Its data are not copied: `darfur.csv` has the
coefficient, its error, degrees of freedom and the partial R2 of the benchmark, and what follows from them. `people.csv`
are the data of the other, `people_values.csv` the results.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import sensemakr
import statsmodels.formula.api as smf

HERE = Path(__file__).parent
GRID = [(r, s) for r in (0.0, 0.02, 0.1, 0.3) for s in (0.0, 0.05, 0.2, 0.5)]


def values(model, treatment: str, benchmark: list[str] | str, name: str) -> pd.DataFrame:
    """What is compared, one row per statistic."""
    key = {"model": model, "treatment": treatment}
    t, dof = model.tvalues[treatment], int(model.df_resid)
    rows = {"estimate": model.params[treatment], "std_error": model.bse[treatment], "dof": dof}
    rows["partial_r2"] = sensemakr.partial_r2(t_statistic=t, dof=dof)
    for q in (1.0, 0.5):
        rows[f"rv q={q}"] = sensemakr.robustness_value(t_statistic=float(t), dof=dof, q=q)[0]
        rows[f"rv_alpha q={q}"] = sensemakr.robustness_value(t_statistic=float(t), dof=dof, q=q, alpha=0.05)[0]
    columns = [benchmark] if isinstance(benchmark, str) else benchmark
    other = smf.ols(
        f"{treatment} ~ {model.model.formula.split('~')[1].replace(treatment + ' +', '')}", model.model.data.frame
    )
    rows["benchmark treatment"] = sensemakr.group_partial_r2(other.fit(), columns)
    rows["benchmark outcome"] = sensemakr.group_partial_r2(model, columns)
    for k in (1, 2, 3):
        bounds = sensemakr.ovb_bounds(**key, benchmark_covariates=[columns] if len(columns) > 1 else columns[0], kd=k)
        for column in ("r2dz_x", "r2yz_dx", "adjusted_estimate", "adjusted_lower_CI", "adjusted_upper_CI"):
            rows[f"{column} k={k}"] = float(bounds[column].iloc[0])
    for r, s in GRID:
        rows[f"estimate {r} {s}"] = float(np.ravel(sensemakr.adjusted_estimate(r2dz_x=r, r2yz_dx=s, **key))[0])
        rows[f"error {r} {s}"] = float(np.ravel(sensemakr.adjusted_se(r2dz_x=r, r2yz_dx=s, **key))[0])
    table = pd.DataFrame({"statistic": list(rows), "value": [float(np.ravel(v)[0]) for v in rows.values()]})
    table.to_csv(HERE / f"{name}.csv", index=False, float_format="%.15g")
    return table


darfur = sensemakr.load_darfur()
formula = "peacefactor ~ directlyharmed + age + farmer_dar + herder_dar + pastvoted + hhsize_darfur + female + village"
print(values(smf.ols(formula, darfur).fit(), "directlyharmed", "female", "darfur").head(20))

rng = np.random.default_rng(1)
n = 400
people = pd.DataFrame({"age": rng.normal(size=n), "school": rng.normal(size=n), "town": 1.0 * (rng.random(n) < 0.4)})
people["treated"] = 1.0 * (rng.random(n) < 1 / (1 + np.exp(-0.5 * people["age"] + 0.4 * people["town"])))
people["y"] = 1.0 * (
    rng.random(n) < 1 / (1 + np.exp(-0.9 * people["treated"] - 0.4 * people["age"] + 0.3 * people["school"]))
)
people = people.round(6)
people.to_csv(HERE / "people.csv", index=False)
fit = smf.ols("y ~ treated + age + school + town", people).fit()
print(values(fit, "treated", ["age", "town"], "people_values").head(20))
