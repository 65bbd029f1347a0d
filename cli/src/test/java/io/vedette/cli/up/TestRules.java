package io.vedette.cli.up;

/** Rules that say at once what the shipped ones say after minutes. */
final class TestRules {
    static final String TOO_MANY_WAIT = """
            rules:
              - id: too-many-wait
                scope: [replica]
                states: [warming, serving]
                when: requests_waiting > limit
                for: 0s
                keep_firing_for: 0s
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{entity}: {requests_waiting} wait"
                action: "send less"
            """;

    private TestRules() {}
}
