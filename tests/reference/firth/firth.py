"""Profile penalised likelihood by firthmodels 0.8.2 (PyPI; Python 3.11), whose own tests hold it against R's logistf.

Run in this folder with firthmodels on the path; writes data.csv and expected.csv.
"""

import numpy as np
import pandas as pd
from firthmodels import FirthLogisticRegression

rng = np.random.default_rng(4)
n = 90
X = pd.DataFrame(
    {"a": rng.normal(size=n).round(3), "b": rng.integers(0, 2, n) * 1.0, "never": rng.integers(0, 4, n) // 3}
)
y = (rng.random(n) < 1 / (1 + np.exp(0.8 - 0.7 * X["a"] - 0.4 * X["b"]))).astype(int).where(X["never"] == 0, 0)
X.assign(y=y).to_csv("data.csv", index=False)
fit = FirthLogisticRegression(max_iter=200, gtol=1e-9, xtol=1e-10).fit(X.to_numpy(), y.to_numpy())
fit.lrt()
low, high = fit.conf_int(method="pl").T
table = {"coefficient": [*fit.coef_, fit.intercept_], "low": low, "high": high, "p_value": fit.lrt_pvalues_}
pd.DataFrame(table, index=pd.Index([*X.columns, "constant"], name="term")).to_csv("expected.csv", float_format="%.12g")
