package io.vedette.model.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {

    private final NumberParser parser = new NumberParser();

    private boolean parse(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -0.0",
        "+1, 1",
        "1., 1",
        ".5, 0.5",
        "007, 7",
        "1e3, 1000",
        "1E+3, 1000",
        "1e-3, 0.001",
        "1.7955110340112956e+09, 1.7955110340112956e9",
        "9007199254740993, 9007199254740993",
        "1e-400, 0",
        "0e999999, 0",
        "123456789012345678901234567890, 1.2345678901234568e29",
        "4.9e-324, 4.9e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0.30000000000000004, 0.30000000000000004",
        "Inf, Infinity",
        "+Inf, Infinity",
        "-inf, -Infinity",
        "infinity, Infinity",
        "-Infinity, -Infinity",
        "NaN, NaN",
        "nan, NaN"
    })
    void readsWhatGoReads(String text, double expected) {
        assertThat(parse(text)).isTrue();
        assertThat(parser.value()).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "-.",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "1f",
                "1d",
                "0x10",
                "0x1p3",
                "1_000",
                "+NaN",
                "infin",
                "infinityx",
                ".inf",
                "true",
                "1,5",
                "1e999",
                "-1e309",
                "--1",
                "1 ",
                "\u0661"
            })
    void refusesWhatGoRefuses(String text) {
        assertThat(parse(text)).isFalse();
    }

    @Test
    void agreesWithJavaToTheLastBit() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String text =
                    switch (i % 4) {
                        case 0 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
                        case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
                        case 2 -> random.nextInt(1_000_000) + "." + random.nextInt(1_000_000);
                        default -> random.nextInt() + "e" + (random.nextInt(60) - 30);
                    };
            assertThat(parse(text)).isTrue();
            assertThat(parser.value()).as(text).isEqualTo(Double.parseDouble(text));
        }
    }
}
