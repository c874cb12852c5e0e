# The samples of benchmarks/imputation.py imputed by R's mice (pmm and polyreg): how far off the same samples without gaps.
#
#     Rscript benchmarks/imputation_mice.R FILE      80 samples take four minutes

suppressMessages(library(mice))
people <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = FALSE)
people$origin[people$origin == ""] <- NA
people$origin <- factor(people$origin)
formula <- y ~ education + norwegian + origin + age + male
rows <- lapply(unique(people$sample), function(s) {
  own <- people[people$sample == s, ]
  columns <- setdiff(names(own), c("sample", "whole"))
  filled <- mice(own[own$whole == "False", columns], m = 10, maxit = 10, printFlag = FALSE, seed = s + 1)
  pooled <- summary(pool(with(filled, glm(y ~ education + norwegian + origin + age + male, family = binomial))))
  pooled$off <- pooled$estimate - coef(glm(formula, binomial, own[own$whole == "True", ]))[as.character(pooled$term)]
  pooled
})
all <- do.call(rbind, rows)
for (term in unique(as.character(all$term))) {
  of <- all[all$term == term, ]
  cat(sprintf("%-12s off %6.3f  error / spread %.2f\n", term, mean(of$off), mean(of$std.error) / sd(of$estimate)))
}
