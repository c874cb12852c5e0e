# CR2 and Satterthwaite freedom by clubSandwich 0.5.8 (R 4.2.2, Debian bookworm), on data drawn here.
# Rscript clusters.R, in this folder; writes data.csv and expected.csv.
suppressMessages(library(clubSandwich))
set.seed(15)
sizes <- c(40, 31, 24, 22, 18, 15, 12, 11, 9, 8, 7, 6, 5, 4, 3, 3, 2, 1, 1, 28)
cluster <- rep(seq_along(sizes), sizes)
n <- length(cluster)
x1 <- round(rnorm(n), 3)
x2 <- round(rnorm(n) + 0.3 * rnorm(length(sizes))[cluster], 3)
x3 <- as.numeric(cluster %in% c(1, 4, 9, 12, 19))
p <- plogis(-0.3 + 0.5 * x1 - 0.4 * x2 + 0.6 * x3 + 0.7 * rnorm(length(sizes))[cluster])
data <- data.frame(y = rbinom(n, 1, p), x1, x2, x3, cluster)
write.csv(data, "data.csv", row.names = FALSE)

rows <- function(model, fit) {
  V <- vcovCR(fit, cluster = data$cluster, type = "CR2")
  single <- coef_test(fit, vcov = V, test = "Satterthwaite")
  joint <- Wald_test(fit, constraints = constrain_zero(2:4), vcov = V, test = "HTZ")
  rbind(
    data.frame(model, term = c("constant", "x1", "x2", "x3"), value = coef(fit), std_error = single$SE,
               freedom = single$df, p_value = single$p_Satt),
    data.frame(model, term = "joint", value = joint$Fstat, std_error = NA, freedom = joint$df_denom,
               p_value = joint$p_val))
}
glm_fit <- glm(y ~ x1 + x2 + x3, family = binomial, data = data, control = list(epsilon = 1e-14))
# The regression of the last step with its weights in the columns: the same working model, in which CR2 is the identity's.
w <- fitted(glm_fit) * (1 - fitted(glm_fit))
last <- data.frame(z = sqrt(w) * (predict(glm_fit) + (data$y - fitted(glm_fit)) / w), c = sqrt(w),
                   x1 = sqrt(w) * x1, x2 = sqrt(w) * x2, x3 = sqrt(w) * x3)
linear <- lm(y ~ x1 + x2 + x3, data = data)
data$treated <- as.integer(x1 > 0.2)
both <- with(data, ave(treated, cluster, FUN = mean) > 0 & ave(treated, cluster, FUN = mean) < 1)
within <- lm(y ~ 0 + treated + x2 + factor(cluster), data = data[both, ])
V <- vcovCR(within, cluster = data$cluster[both], type = "CR2")
single <- coef_test(within, vcov = V, test = "Satterthwaite", coefs = c("treated", "x2"))
expected <- rbind(
  rows("logit_glm", glm_fit),
  rows("logit_last_step", lm(z ~ 0 + c + x1 + x2 + x3, data = last)),
  rows("linear", linear),
  data.frame(model = "within", term = c("treated", "x2"), value = single$beta, std_error = single$SE, freedom = single$df,
             p_value = single$p_Satt))
write.csv(format(expected, digits = 12), "expected.csv", row.names = FALSE, quote = FALSE)
