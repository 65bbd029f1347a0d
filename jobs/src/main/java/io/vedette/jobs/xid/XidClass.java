package io.vedette.jobs.xid;

import java.util.Arrays;
import java.util.List;

/** What an XID asks for, the worst first. */
public enum XidClass {
    /** Restart the node: the card can't be reached. */
    REBOOT("reboot"),
    /** Stop all processes on the card and reset it. */
    RESET_GPU("reset-gpu"),
    /** Follow the steps that NVIDIA gives for this one. */
    WORKFLOW("workflow"),
    /** Nobody has described it. */
    UNKNOWN("unknown"),
    /** Restart the program: mostly its own fault. */
    APPLICATION("application"),
    /** Nothing. */
    INFORMATIONAL("informational");

    private final String word;

    XidClass(String word) {
        this.word = word;
    }

    /** The word in the catalogue and in rules. */
    public String word() {
        return word;
    }

    /** All words, the worst first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(XidClass::word).toList();
    }
}
