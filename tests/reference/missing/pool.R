# Rubin's rules in base R, after the formulas that the documentation of mice::pool prints. Run in this folder:
#   Rscript pool.R
# Input: the means and standard errors of three variables in five imputed data sets, printed in SAS/STAT 9.22 User's
# Guide, The MIANALYZE Procedure, example 57.1 (31 observations, so 30 degrees of freedom without missing values).
d <- read.csv("imputed_means.csv")
pooled <- do.call(rbind, lapply(split(d, d$term), function(x) {
  m <- nrow(x)
  ubar <- mean(x$std_error^2)
  b <- var(x$estimate)
  t <- ubar + (1 + 1 / m) * b
  lambda <- (1 + 1 / m) * b / t
  dfcom <- 30
  dfold <- (m - 1) / lambda^2
  dfobs <- (dfcom + 1) / (dfcom + 3) * dfcom * (1 - lambda)
  df <- dfold * dfobs / (dfold + dfobs)
  riv <- (1 + 1 / m) * b / ubar
  fmi <- (riv + 2 / (df + 3)) / (riv + 1)
  half <- qt(0.975, df) * sqrt(t)
  data.frame(term = x$term[1], value = mean(x$estimate), std_error = sqrt(t), df = df, low = mean(x$estimate) - half,
             high = mean(x$estimate) + half, within = ubar, between = b, missing_information = fmi)
}))
write.csv(format(pooled, digits = 12, trim = TRUE), "pooled_means.csv", row.names = FALSE, quote = FALSE)
