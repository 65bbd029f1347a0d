package io.vedette.jobs.rules;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that are true or false themselves. */
class PromptClassTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            511,  TRUE,    FALSE,   FALSE
            512,  UNKNOWN, UNKNOWN, UNKNOWN
            1023, UNKNOWN, UNKNOWN, UNKNOWN
            1024, FALSE,   TRUE,    FALSE
            2048, FALSE,   TRUE,    FALSE
            2049, UNKNOWN, UNKNOWN, UNKNOWN
            3000, UNKNOWN, UNKNOWN, UNKNOWN
            3001, FALSE,   FALSE,   TRUE
            """)
    void theClassIsThatOfTheWindowsMedianPrompt(double median, Truth simple, Truth medium, Truth isLong) {
        // Half of the prompts lie below a bound, the other half above it: the median is that bound.
        Histogram prompts = observed(Bounds.of(median, 9_000), 10, 10, 0);
        Frame frame = FrameBuilder.serving()
                .histogram(Signal.REQUEST_PROMPT_TOKENS, prompts)
                .at(0);

        assertThat(Language.truth("prompt_class(\"simple\")", frame)).isEqualTo(simple);
        assertThat(Language.truth("prompt_class(\"medium\")", frame)).isEqualTo(medium);
        assertThat(Language.truth("prompt_class(\"long\")", frame)).isEqualTo(isLong);
    }

    @Test
    void withoutPromptsThereIsNoClass() {
        Frame none = FrameBuilder.serving()
                .histogram(Signal.REQUEST_PROMPT_TOKENS, Histogram.empty())
                .at(0);

        assertThat(Language.truth("prompt_class(\"simple\")", none)).isEqualTo(Truth.UNKNOWN);
        assertThat(Language.number("prompt_class(\"simple\") ? 18 : 8", none)).isNaN();
    }

    @Test
    void theReasonForWhichTheNewestScrapeFailedCanBeAskedFor() {
        FrameBuilder timedOut = FrameBuilder.serving().downSince(85_000_000, "timeout");

        assertThat(Language.truth("failure(\"timeout\")", timedOut.at(86_400_000)))
                .isEqualTo(Truth.TRUE);
        assertThat(Language.truth("failure(\"refused\")", timedOut.at(86_400_000)))
                .isEqualTo(Truth.FALSE);
        assertThat(Language.truth(
                        "failure(\"timeout\")",
                        timedOut.release(Release.SILENCE).at(86_400_000)))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(Language.truth("failure(\"timeout\")", new FrameBuilder(FrameBuilder.MODEL).at(0)))
                .isEqualTo(Truth.UNKNOWN);
    }
}
