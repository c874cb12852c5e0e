# Contribution indicators of the districts in contraception.csv, computed without the project's own code:
# raw ones from glm, shrunken ones from lme4's glmer (Laplace), integrals by stats::integrate, exact tests by convolution.
#
#     Rscript tests/reference/contribution/contraception.R

suppressMessages(library(lme4))
folder <- "tests/reference"
data <- read.csv(file.path(folder, "mixed_logit", "contraception.csv"))
data$y <- as.numeric(data$use == "Y")
formula <- y ~ urban + age + I(age^2) + livch
level <- 0.95
z <- qnorm((1 + level) / 2)

plain <- glm(formula, data = data, family = binomial)
data$p <- fitted(plain)
control <- glmerControl(optimizer = "bobyqa", optCtrl = list(maxfun = 1e5))
mixed <- glmer(update(formula, . ~ . + (1 | district)), data = data, family = binomial, control = control)
sigma <- attr(VarCorr(mixed)$district, "stddev")[[1]]
effects <- ranef(mixed, condVar = TRUE)$district
mode <- setNames(effects[[1]], rownames(effects))
sd <- setNames(sqrt(as.numeric(attr(effects, "postVar"))), rownames(effects))
data$eta <- predict(mixed, re.form = NA)

averaged <- function(eta, mean, sd) {
  one <- function(e) integrate(function(u) plogis(e + u) * dnorm(u, mean, sd), mean - 10 * sd, mean + 10 * sd,
                               rel.tol = 1e-10)$value
  mean(sapply(eta, one))
}

exact_p <- function(count, p) {
  pmf <- 1
  for (q in p) pmf <- c(pmf * (1 - q), 0) + c(0, pmf * q)
  min(1, 2 * min(sum(pmf[1:(count + 1)]), sum(pmf[(count + 1):length(pmf)])))
}

rows <- lapply(split(data, data$district), function(d) {
  name <- as.character(d$district[1])
  n <- nrow(d)
  raw <- mean(d$y) - mean(d$p)
  marginal <- averaged(d$eta, 0, sigma)
  shrunken <- averaged(d$eta, mode[[name]], sd[[name]]) - marginal
  neutral <- uniroot(function(u) mean(plogis(d$eta + u)) - marginal, c(-5, 5), tol = 1e-12)$root
  data.frame(
    district = d$district[1], participants = n, actual = mean(d$y), expected = mean(d$p), contribution = raw,
    std_error = sqrt(sum(d$p * (1 - d$p))) / n, p_value = exact_p(sum(d$y), d$p),
    marginal = marginal, shrunken = shrunken,
    shrunken_low = mean(plogis(d$eta + mode[[name]] - z * sd[[name]])) - marginal,
    shrunken_high = mean(plogis(d$eta + mode[[name]] + z * sd[[name]])) - marginal,
    probability_above = pnorm((mode[[name]] - neutral) / sd[[name]]),
    reliability = 1 - sd[[name]]^2 / sigma^2
  )
})
table <- do.call(rbind, rows)

distance <- table$contribution / table$std_error
limits <- quantile(distance, c(0.1, 0.9))
clipped <- pmin(pmax(distance, limits[1]), limits[2])
w <- 1 / table$std_error^2
k <- nrow(table)
phi <- mean(clipped^2)
tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))

out <- file.path(folder, "contribution")
write.csv(format(table, digits = 10), file.path(out, "contraception_districts.csv"), row.names = FALSE, quote = FALSE)
fit <- data.frame(quantity = c("sigma", "phi", "between_sd"), value = c(sigma, phi, sqrt(tau2)))
write.csv(format(fit, digits = 10), file.path(out, "contraception_fit.csv"), row.names = FALSE, quote = FALSE)
