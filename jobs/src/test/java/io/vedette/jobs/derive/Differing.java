package io.vedette.jobs.derive;

import io.vedette.model.frame.Frame;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;

/** Compares frames so that a failure shows the first that differs, and not thousands. */
final class Differing {
    private Differing() {}

    static void assertSame(List<Frame> actual, List<Frame> expected, String what, Object... arguments) {
        String where = String.format(Locale.ROOT, what, arguments);
        int both = Math.min(actual.size(), expected.size());
        for (int i = 0; i < both; i++) {
            if (!actual.get(i).equals(expected.get(i))) {
                Assertions.assertThat(actual.get(i)).as(where + ", frame " + i).isEqualTo(expected.get(i));
            }
        }
        Assertions.assertThat(actual.size()).as(where + ": number of frames").isEqualTo(expected.size());
    }
}
