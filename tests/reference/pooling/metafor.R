# Random-effects models by metafor's rma.mv (REML), with and without correlated errors, and their predicted effects.
#
#     Rscript tests/reference/pooling/metafor.R

suppressMessages(library(metafor))
y <- c(28, 8, -3, 7, -1, 1, 18, 12) # the eight schools of Rubin (1981), and the same errors with correlation
se <- c(15, 10, 16, 11, 9, 11, 10, 18)
wide <- c(0.31, 0.02, -0.12, 0.2, 0.05, -0.28, 0.14)
wide_se <- c(0.08, 0.05, 0.11, 0.06, 0.05, 0.09, 0.07)
cases <- list(
  schools = list(y = y, V = diag(se^2)),
  wide = list(y = wide, V = diag(wide_se^2)),
  correlated = list(y = wide, V = outer(wide_se, wide_se) * (0.4 + 0.6 * diag(7)))
)
rows <- NULL
for (name in names(cases)) {
  case <- cases[[name]]
  id <- seq_along(case$y)
  fit <- rma.mv(case$y, case$V, random = ~ 1 | id, method = "REML", control = list(rel.tol = 1e-10))
  effects <- ranef(fit)[[1]]
  rows <- rbind(rows, data.frame(
    case = name, id, y = case$y, error = sqrt(diag(case$V)), correlation = case$V[1, 2] / prod(sqrt(diag(case$V))[1:2]),
    mean = fit$beta[[1]], mean_error = fit$se, between_sd = sqrt(fit$sigma2), q = fit$QE, p = fit$QEp,
    effect = effects$intrcpt
  ))
}
uni <- blup(rma.uni(wide, wide_se^2, method = "REML", control = list(threshold = 1e-14, maxiter = 1e4)))
rows$blup <- rows$blup_error <- NA
rows$blup[rows$case == "wide"] <- uni$pred
rows$blup_error[rows$case == "wide"] <- uni$se
rows[] <- lapply(rows, function(column) if (is.numeric(column)) signif(column, 12) else column)
write.csv(rows, "tests/reference/pooling/metafor.csv", row.names = FALSE, quote = FALSE)
