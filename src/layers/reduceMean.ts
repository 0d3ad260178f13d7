import { defineReduction } from "./reduce.js";

export const reduceMean = defineReduction("reduceMean", "mean", "The mean of all numbers along some axes.");
