package io.vedette.fuzz;

import java.util.List;
import java.util.Random;

/** Makes an input out of good ones. All that it does comes from the random numbers, so the same ones give the same input. */
@FunctionalInterface
public interface Mutation {
    byte[] mutate(List<byte[]> seeds, Random random);
}
