import { defineReduction } from "./reduce.js";

export const reduceSum = defineReduction("reduceSum", "sum", "The sum of all numbers along some axes.");
