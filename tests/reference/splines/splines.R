# Restricted cubic splines by Hmisc's rcspline.eval at its own knots, of a skewed covariate.
#
#     Rscript tests/reference/splines/splines.R

suppressMessages(library(Hmisc))
set.seed(1)
x <- round(rexp(120, 0.2) + 18, 2)
for (k in 3:5) {
  basis <- rcspline.eval(x, nk = k, inclx = TRUE, norm = 2)
  knots <- attr(basis, "knots")
  table <- data.frame(x, matrix(basis[, -1], nrow = length(x)))
  names(table) <- c("x", paste0("curved", seq_len(k - 2)))
  write.csv(format(table, digits = 15), sprintf("tests/reference/splines/basis_%d.csv", k), row.names = FALSE, quote = FALSE)
  write.csv(data.frame(knot = format(knots, digits = 15)), sprintf("tests/reference/splines/knots_%d.csv", k), row.names = FALSE, quote = FALSE)
}
