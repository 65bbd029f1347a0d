package io.vedette.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param check what: {@code target 127.0.0.1:8000}, {@code java}, {@code disk}
 * @param detail what was found
 * @param remedy what to do; empty where all is well
 */
record Finding(String check, Status status, String detail, String remedy) {
    /** How it stands. */
    enum Status {
        OK("ok"),
        WARNING("warning"),
        FAULT("fault");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Status.OK, detail, "");
    }

    static Finding warning(String check, String detail, String remedy) {
        return new Finding(check, Status.WARNING, detail, remedy);
    }

    static Finding fault(String check, String detail, String remedy) {
        return new Finding(check, Status.FAULT, detail, remedy);
    }
}
