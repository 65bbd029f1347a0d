package io.vedette.fuzz;

/** Says what must hold for any input: it returns where it holds, and throws whatever it likes where it does not. */
@FunctionalInterface
public interface Oracle {
    void check(byte[] input) throws Exception;
}
