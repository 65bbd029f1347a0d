package io.vedette.fuzz;

/** Says what must hold for any input: it returns where it holds, and throws whatever it likes where it does not. */
@FunctionalInterface
public interface Oracle {
    /** Whether the input was taken; false where it was refused, as it should be. */
    boolean check(byte[] input) throws Exception;
}
