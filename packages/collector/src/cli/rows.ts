/** What the collector's operator API answers, as far as the commands read it. */

export interface OrderRow {
  readonly order_id: string;
  readonly status: string;
  readonly amount: string;
  readonly refunded_amount: string;
  readonly currency: string;
  readonly kind: string;
  readonly test: boolean;
  readonly placed_at: string;
  readonly created_at: string;
  readonly click_id: string | null;
  readonly via: string | null;
  readonly no_click_reason: string | null;
  readonly reported: boolean;
}

export interface NewsRow {
  readonly source: string;
  readonly effect: string;
  readonly status: string;
  readonly amount: string;
  readonly refunded_amount: string | null;
  readonly currency: string;
  /** Null where the shop did not say. */
  readonly test: boolean | null;
  readonly received_at: string;
}

export interface CandidateRow {
  readonly click_id: string;
  readonly via: string;
  readonly clicked_at: string | null;
  readonly outcome: string;
  readonly reason: string | null;
}

export interface NoticeRow {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
  readonly last_at: string;
  readonly times: number;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly started_at: string;
  readonly payout: string;
  readonly currency: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly warning: string | null;
  readonly url: string | null;
  readonly status: number | null;
  readonly body: string | null;
  readonly ms: number | null;
}

export interface PostbackRow {
  readonly id: string;
  readonly tracker: string;
  readonly click_id: string;
  readonly order_id: string | null;
  readonly order_ids: readonly string[];
  readonly purpose: string;
  readonly state: string;
  readonly reason: string | null;
  readonly payout: string | null;
  readonly currency: string | null;
  readonly may_have_counted: boolean;
  readonly due_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface PostbackStoryRow extends PostbackRow {
  readonly attempts_made: number;
  readonly attempts: readonly AttemptRow[];
}

export interface OrderStoryRow {
  readonly order: OrderRow;
  readonly attribution: {
    readonly click_id: string | null;
    readonly reason?: string;
    readonly via?: string;
    readonly frozen: boolean;
    readonly attached_by_hand: string | null;
    readonly candidates: readonly CandidateRow[];
  };
  readonly news: readonly NewsRow[];
  readonly postbacks: readonly PostbackStoryRow[];
  readonly notices: readonly NoticeRow[];
}

export interface ConnectionRow {
  readonly tracking_domain: string;
  readonly scheme: string;
  readonly click_path: string;
  readonly conversion_type: string;
  readonly fixed_payout: string | null;
  readonly fixed_payout_currency: string | null;
  readonly payout_percent: string | null;
  readonly repeats: 'adds' | 'replaces' | null;
  readonly statuses: Readonly<Record<string, string | null>>;
  readonly extra_params: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly in_flight: number;
  readonly api_key_set: boolean;
  readonly read_only: readonly string[];
  readonly health: HealthRow;
  readonly notices: readonly NoticeRow[];
}

export interface HealthRow {
  readonly state: 'ok' | 'failing' | 'paused';
  readonly failures: number;
  readonly next_probe_at: string | null;
  readonly paused_at: string | null;
  readonly pause_reason: string | null;
}
