import { defineReduction } from "./reduce.js";

export const reduceMax = defineReduction("reduceMax", "max", "The largest number along some axes.");
