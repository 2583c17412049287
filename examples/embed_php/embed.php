<?php
/* embed.php FILE...: placement from PHP through FFI.
 *
 *   PLACEMENT_HEADER=/where/it/is/include/placement/placement-flat.h LD_LIBRARY_PATH=/where/it/is/lib \
 *     php -d ffi.enable=1 embed.php person.json
 *
 * In a web server load the library once: name in ffi.preload a copy of the header that begins with the two lines
 * `#define FFI_SCOPE "placement"` and `#define FFI_LIB "libplacement.so.1"`, and say FFI::scope('placement') in the place
 * of FFI::cdef. PHP has no threads to share the engine.
 */
declare(strict_types=1);

final class Refused extends Exception
{
    /** @param array<string, string> $faults what is wrong by place; never the value of an answer */
    public function __construct(string $code, public readonly array $faults)
    {
        parent::__construct($code);
    }
}

final class Engine
{
    private FFI $ffi;
    private FFI\CData $engine;

    public function __construct(string $header)
    {
        $this->ffi = FFI::cdef(file_get_contents($header), 'libplacement.so.1');
        if ($this->ffi->placement_abi_check($this->ffi->PLACEMENT_ABI_MAJOR, $this->ffi->PLACEMENT_ABI_MINOR) !== 0) {
            throw new RuntimeException('another version of libplacement is needed');
        }
        $this->engine = $this->made('engine', fn ($out, $error) => $this->ffi->placement_engine_default(null, $out, $error));
    }

    public function __destruct()
    {
        if (isset($this->engine)) {
            $this->ffi->placement_engine_release($this->engine);
        }
    }

    public function packId(): string
    {
        return $this->ffi->placement_pack_id($this->ffi->placement_engine_pack($this->engine), null);
    }

    /** The short answer, a few lines. @return list<string> */
    public function place(string $json): array
    {
        $ffi = $this->ffi;
        $person = $this->made(
            'assessment',
            fn ($out, $error) => $ffi->placement_assessment_read($json, strlen($json), $out, $error)
        );
        try {
            $result = $this->made(
                'result',
                fn ($out, $error) => $ffi->placement_engine_recommend($this->engine, $person, $out, $error)
            );
        } finally {
            $ffi->placement_assessment_destroy($person);
        }
        try {
            return iterator_to_array($this->lines($result), false);
        } finally {
            $ffi->placement_result_destroy($result);
        }
    }

    /** @return iterable<string> */
    private function lines(FFI\CData $result): iterable
    {
        $ffi = $this->ffi;
        $pack = $ffi->placement_result_pack($result);
        yield 'status: ' . $ffi->placement_status_name($ffi->placement_result_status($result));
        $level = $ffi->placement_result_level($result);
        if ($level !== $ffi->PLACEMENT_NONE) {
            yield 'level: ' . $ffi->placement_pack_item_text($pack, $ffi->PLACEMENT_LEVELS, $level, null);
        }
        for ($i = 0; $i < $ffi->placement_result_count($result, $ffi->PLACEMENT_DETERMINING); ++$i) {
            $rule = $ffi->placement_result_item($result, $ffi->PLACEMENT_DETERMINING, $i);
            yield 'because: ' . $ffi->placement_pack_item_text($pack, $ffi->PLACEMENT_RULES, $rule, null);
        }
        for ($i = 0; $i < $ffi->placement_result_count($result, $ffi->PLACEMENT_ALERTS); ++$i) {
            $rule = $ffi->placement_result_item($result, $ffi->PLACEMENT_ALERTS, $i);
            if ($ffi->placement_result_state($result, $ffi->PLACEMENT_RULES, $rule) === $ffi->PLACEMENT_STATE_HOLDS) {
                $urgency = $ffi->placement_urgency_name($ffi->placement_pack_rule_urgency($pack, $rule));
                yield "alert, $urgency: " . $ffi->placement_pack_rule_action($pack, $rule, null);
            }
        }
        $question = $ffi->placement_result_next_question($result);
        if ($question !== $ffi->PLACEMENT_NONE) {
            yield 'ask: ' . $ffi->placement_field_question($question, null);
        }
    }

    /** The handle that a call makes through its out-parameter. */
    private function made(string $type, callable $call): FFI\CData
    {
        $out = $this->ffi->new("placement_$type*");
        $error = $this->ffi->new('placement_error*');
        $code = $call(FFI::addr($out), FFI::addr($error));
        if ($code === $this->ffi->PLACEMENT_OK) {
            return $out;
        }
        $faults = [];
        for ($i = 0; $i < $this->ffi->placement_error_fault_count($error); ++$i) {
            $where = $this->ffi->placement_error_fault_where($error, $i, null);
            $faults[$where] = $this->ffi->placement_error_fault_message($error, $i, null);
        }
        $this->ffi->placement_error_destroy($error);
        throw new Refused($this->ffi->placement_error_name($code), $faults);
    }
}

$engine = new Engine(getenv('PLACEMENT_HEADER') ?: '/usr/include/placement/placement-flat.h');
echo 'rules: ', $engine->packId(), "\n";
$inputs = array_map(file_get_contents(...), array_slice($argv, 1));
foreach ([...$inputs, '{"cows_score": 99, "housing": "castle"}'] as $input) {
    try {
        echo implode("\n", $engine->place($input)), "\n";
    } catch (Refused $refused) {
        echo 'refused: ', $refused->getMessage(), "\n";
        foreach ($refused->faults as $where => $message) {
            echo "  $where: $message\n";
        }
    }
}
