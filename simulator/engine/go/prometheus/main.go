// Program promql-results says what rules and queries make of series, by Prometheus' own engine and no network: it reads series, groups of
// rules and queries as JSON, and writes when alerts fire and what queries find.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
)

// question is a world of its own: it has its series, and time begins in it at zero.
type question struct {
	// In the notation of Prometheus' own tests of rules: name, labels, values.
	Series []string `json:"series"`
	// Seconds between two samples of a series.
	Interval int64 `json:"interval"`
	// Seconds after which the world ends.
	End     int64   `json:"end"`
	Groups  []group `json:"groups"`
	Queries []query `json:"queries"`
}

// group holds rules that are evaluated one after the other.
type group struct {
	// Seconds between two evaluations.
	Every int64  `json:"every"`
	Rules []rule `json:"rules"`
}

// rule records a series, or raises an alert.
type rule struct {
	Record     string `json:"record"`
	Alert      string `json:"alert"`
	Expression string `json:"expression"`
	// Seconds that an alert must hold before it fires.
	For int64 `json:"for"`
}

type query struct {
	Expression string `json:"expression"`
	// Seconds.
	Start int64 `json:"start"`
	End   int64 `json:"end"`
	Step  int64 `json:"step"`
}

type answer struct {
	Alerts  []firing  `json:"alerts"`
	Queries [][]found `json:"queries"`
}

// firing is an alert from the second in which it fires to the one in which it does no more; null to the end.
type firing struct {
	Alert  string            `json:"alert"`
	Labels map[string]string `json:"labels"`
	From   int64             `json:"from"`
	To     *int64            `json:"to"`
}

type found struct {
	Labels map[string]string `json:"labels"`
	// Seconds and values; what is no number, as JSON knows none, is null.
	Points [][2]*float64 `json:"points"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var questions []question
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&questions); err != nil {
		return fmt.Errorf("the questions cannot be read: %w", err)
	}
	answers := make([]answer, 0, len(questions))
	for at, it := range questions {
		answered, err := it.answer()
		if err != nil {
			return fmt.Errorf("question %d: %w", at, err)
		}
		answers = append(answers, answered)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func (q question) answer() (answer, error) {
	world := newWorld()
	for _, it := range q.Series {
		metric, values, err := world.parser.ParseSeriesDesc(it)
		if err != nil {
			return answer{}, fmt.Errorf("series %q: %w", it, err)
		}
		for at, value := range values {
			if !value.Omitted {
				world.append(metric, int64(at)*q.Interval, value.Value)
			}
		}
	}
	alerts := newAlerts()
	recorded := map[string]map[string]labels.Labels{}
	for now := int64(0); now <= q.End; now++ {
		for _, it := range q.Groups {
			if now%it.Every != 0 {
				continue
			}
			for _, it := range it.Rules {
				vector, err := world.instant(it.Expression, now)
				if err != nil {
					return answer{}, fmt.Errorf("rule %s%s at %d s: %w", it.Record, it.Alert, now, err)
				}
				if it.Alert != "" {
					alerts.evaluate(it, vector, now)
				} else if recorded[it.Record], err = world.record(it.Record, vector, recorded[it.Record], now); err != nil {
					return answer{}, err
				}
			}
		}
	}
	queries := make([][]found, 0, len(q.Queries))
	for _, it := range q.Queries {
		matrix, err := world.over(it)
		if err != nil {
			return answer{}, fmt.Errorf("query %s: %w", it.Expression, err)
		}
		queries = append(queries, matrix)
	}
	return answer{Alerts: alerts.fired, Queries: queries}, nil
}

// record writes the result of a rule, and the end of each series that it had last time and has no more, as Prometheus does.
func (w *world) record(name string, vector promql.Vector, before map[string]labels.Labels, now int64) (map[string]labels.Labels, error) {
	after := map[string]labels.Labels{}
	for _, it := range vector {
		metric := labels.NewBuilder(it.Metric).Set(labels.MetricName, name).Labels()
		key := metric.String()
		if _, twice := after[key]; twice {
			return nil, fmt.Errorf("rule %s: two results with the labels %s", name, key)
		}
		after[key] = metric
		w.append(metric, now, it.F)
	}
	for key, metric := range before {
		if _, there := after[key]; !there {
			w.append(metric, now, stale)
		}
	}
	return after, nil
}

// alerts goes through the states of Prometheus' alerts: pending from the first result on, firing once it has held, and gone without one.
type alerts struct {
	pending map[instance]int64
	firing  map[instance]int
	fired   []firing
}

// instance is one series of the result of an alert.
type instance struct{ alert, metric string }

func newAlerts() *alerts {
	return &alerts{pending: map[instance]int64{}, firing: map[instance]int{}, fired: []firing{}}
}

func (a *alerts) evaluate(it rule, vector promql.Vector, now int64) {
	there := map[instance]bool{}
	for _, sample := range vector {
		metric := labels.NewBuilder(sample.Metric).Del(labels.MetricName).Labels()
		key := instance{it.Alert, metric.String()}
		there[key] = true
		since, known := a.pending[key]
		if !known {
			a.pending[key], since = now, now
		}
		if _, fires := a.firing[key]; !fires && now-since >= it.For {
			a.firing[key] = len(a.fired)
			a.fired = append(a.fired, firing{Alert: it.Alert, Labels: metric.Map(), From: now})
		}
	}
	for key := range a.pending {
		if key.alert != it.Alert || there[key] {
			continue
		}
		delete(a.pending, key)
		if at, fires := a.firing[key]; fires {
			a.fired[at].To = &now
			delete(a.firing, key)
		}
	}
}

// over evaluates a query at each step of a range.
func (w *world) over(q query) ([]found, error) {
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0) }
	asked, err := w.engine.NewRangeQuery(context.Background(), w, nil, q.Expression, at(q.Start), at(q.End), time.Duration(q.Step)*time.Second)
	if err != nil {
		return nil, err
	}
	defer asked.Close()
	matrix, err := asked.Exec(context.Background()).Matrix()
	if err != nil {
		return nil, err
	}
	all := make([]found, 0, len(matrix))
	for _, it := range matrix {
		points := make([][2]*float64, 0, len(it.Floats))
		for _, point := range it.Floats {
			seconds := float64(point.T) / 1000
			points = append(points, [2]*float64{&seconds, number(point.F)})
		}
		all = append(all, found{Labels: it.Metric.Map(), Points: points})
	}
	return all, nil
}

func number(value float64) *float64 {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return nil
	}
	return &value
}
