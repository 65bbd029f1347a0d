package io.vedette.jobs.rules;

import static io.vedette.jobs.rules.Truth.FALSE;
import static io.vedette.jobs.rules.Truth.TRUE;
import static io.vedette.jobs.rules.Truth.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class TruthTest {
    @Test
    void andIsKleenes() {
        assertThat(table(Truth::and))
                .containsExactly(TRUE, FALSE, UNKNOWN, FALSE, FALSE, FALSE, UNKNOWN, FALSE, UNKNOWN);
    }

    @Test
    void orIsKleenes() {
        assertThat(table(Truth::or)).containsExactly(TRUE, TRUE, TRUE, TRUE, FALSE, UNKNOWN, TRUE, UNKNOWN, UNKNOWN);
    }

    @Test
    void notOfUnknownIsUnknown() {
        assertThat(Arrays.stream(Truth.values()).map(Truth::not)).containsExactly(FALSE, TRUE, UNKNOWN);
    }

    private static List<Truth> table(BinaryOperator<Truth> operator) {
        return Arrays.stream(Truth.values())
                .flatMap(a -> Arrays.stream(Truth.values()).map(b -> operator.apply(a, b)))
                .toList();
    }
}
