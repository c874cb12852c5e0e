# Fit the two-level model with one R package and write what the comparison needs.
# Usage: Rscript mixed_logit.R <package> <data.csv> <output prefix>; columns y, municipality, project and covariates x*.
arguments <- commandArgs(trailingOnly = TRUE)
package <- arguments[1]
data <- read.csv(arguments[2])
covariates <- grep("^x", names(data), value = TRUE)
formula <- as.formula(paste("y ~", paste(covariates, collapse = " + "), "+ (1 | municipality/project)"))
suppressPackageStartupMessages(library(package, character.only = TRUE))
started <- proc.time()[["elapsed"]]
if (package == "glmmTMB") {
  fit <- glmmTMB(formula, data = data, family = binomial)
  coefficients <- summary(fit)$coefficients$cond
  sds <- sapply(VarCorr(fit)$cond, function(v) attr(v, "stddev")[[1]])
} else {
  fit <- glmer(formula, data = data, family = binomial)
  coefficients <- summary(fit)$coefficients
  sds <- sapply(VarCorr(fit), function(v) attr(v, "stddev")[[1]])
}
seconds <- proc.time()[["elapsed"]] - started
write.csv(coefficients[, 1:2], paste0(arguments[3], "_coef.csv"), row.names = FALSE)
fitted <- data.frame(
  seconds = seconds, loglik = as.numeric(logLik(fit)),
  municipality = sds[["municipality"]], project = sds[["project:municipality"]]
)
write.csv(fitted, paste0(arguments[3], "_fit.csv"), row.names = FALSE)
