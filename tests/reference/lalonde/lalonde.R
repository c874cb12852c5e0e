# The data of LaLonde (1986) as Dehejia and Wahba (1999) used them, from MatchIt 4.5.1: employed in 1978, and earnings in thousands.
library(MatchIt)
data(lalonde)
d <- with(lalonde, data.frame(employed = as.integer(re78 > 0), treat, age, educ, black = as.integer(race == "black"),
                              hispan = as.integer(race == "hispan"), married, nodegree, re74 = round(re74 / 1000, 4),
                              re75 = round(re75 / 1000, 4)))
write.csv(d, "lalonde.csv", row.names = FALSE)
