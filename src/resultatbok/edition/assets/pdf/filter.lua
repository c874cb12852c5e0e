-- From Sphinx's single HTML page to the report's Typst functions (see report.typ).
-- Numbers of chapters, figures and tables are Sphinx's own; links become links inside the document.

local stringify = pandoc.utils.stringify
local targets = {} -- identifiers that some link points to
local anchored = {} -- identifiers that exist in the document
local written = {} -- identifiers already given to an element

local function raw(text) return pandoc.RawInline("typst", text) end
local function raw_block(text) return pandoc.RawBlock("typst", text) end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

local function local_target(url) return url:match("^[^:]*#(.+)$") end

-- A label for an element, or nothing when no link needs it; two elements never get the same one.
local function label(id)
  if id and id ~= "" and targets[id] and not written[id] then
    written[id] = true
    return " #label(" .. quoted(id) .. ")"
  end
  return ""
end

local function anchor(id)
  local mark = label(id)
  return mark == "" and "" or "#metadata(none)" .. mark
end

local inline_filter

local function typst_inlines(inlines)
  local block = pandoc.Plain(inlines):walk(inline_filter)
  local text = pandoc.write(pandoc.Pandoc({ block }), "typst", { wrap_text = "none" })
  return (text:gsub("%s+$", ""))
end

local function typst_blocks(blocks)
  local text = pandoc.write(pandoc.Pandoc(blocks), "typst", { wrap_text = "none" })
  return (text:gsub("%s+$", ""))
end

local function math_source(element)
  local bare = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ element }) }), "typst", { wrap_text = "none" })
  return (bare:gsub("^%s+", ""):gsub("%s+$", ""))
end

inline_filter = {
  Link = function(link)
    if link.classes:includes("headerlink") then return {} end
    local id = local_target(link.target)
    if not id then return nil end
    if not anchored[id] then return link.content end
    local content = pandoc.Inlines({ raw("#link(label(" .. quoted(id) .. "))[") })
    content:extend(link.content)
    content:insert(raw("]"))
    return content
  end,
  Math = function(element)
    local block = element.mathtype == "DisplayMath"
    local alt = quoted(element.text)
    return raw("#formula(" .. (block and "true" or "false") .. ", " .. alt .. ", " .. math_source(element) .. ")")
  end,
  Span = function(span)
    if span.identifier ~= "" and #span.content == 0 then return raw(anchor(span.identifier)) end
    if span.classes:includes("eqno") then return {} end
    local mark = anchor(span.identifier)
    if mark == "" then return span.content end
    local content = pandoc.Inlines({ raw(mark) })
    content:extend(span.content)
    return content
  end,
}

-- A caption's number ("3.1") with its word ("Figure"), and its text.
local function split_caption(blocks)
  local inlines = pandoc.utils.blocks_to_inlines(blocks)
  local number, text = "", pandoc.Inlines({})
  for _, inline in ipairs(inlines) do
    if inline.t == "Span" and inline.classes:includes("caption-number") then
      number = stringify(inline):gsub("%s+$", "")
    elseif not (inline.t == "Link" and inline.classes:includes("headerlink")) then
      text:insert(inline)
    end
  end
  local supplement, digits = number:match("^(.-)%s*([%d%.]+)$")
  return supplement or "", digits or "", text
end

local function cell_alignment(cell, column)
  if cell.attr.classes:includes("numeric") then return "right" end
  local given = cell.alignment ~= "AlignDefault" and cell.alignment or column
  return ({ AlignRight = "right", AlignCenter = "center" })[given] or "left"
end

local blocks_to_typst

-- Names such as PROVE_NORSK_LES_Resultat may break after an underscore, or the column would not fit the page.
local function breakable_names(blocks)
  return pandoc.Blocks(blocks):walk({
    Str = function(word) return pandoc.Str((word.text:gsub("_", "_\u{200B}"))) end,
  })
end

-- Text that Typst reads as it stands, such as "1,234" or "Women"; nil where pandoc must write it. Most cells are such, and
-- a call of the writer for each of thousands takes longer than all the rest.
local function plain_text(blocks)
  if #blocks ~= 1 or (blocks[1].t ~= "Plain" and blocks[1].t ~= "Para") then return nil end
  local parts = {}
  for _, inline in ipairs(blocks[1].content) do
    if inline.t == "Str" then table.insert(parts, inline.text)
    elseif inline.t == "Space" or inline.t == "SoftBreak" then table.insert(parts, " ")
    else return nil end
  end
  local text = table.concat(parts)
  local known = text:gsub("−", "m"):gsub("[æøåÆØÅ]", "o"):gsub("(%d)%.(%d)", "%1%2")
  if known:match("^%w[%w ,%%()]*$") then return text end
  return nil
end

local function typst_cell(cell, column, heading)
  local options = { "align: " .. cell_alignment(cell, column) }
  if cell.col_span > 1 then table.insert(options, "colspan: " .. cell.col_span) end
  if cell.row_span > 1 then table.insert(options, "rowspan: " .. cell.row_span) end
  local text = plain_text(cell.contents) or typst_blocks(blocks_to_typst(breakable_names(cell.contents)))
  if heading then text = "#strong[" .. text .. "]" end
  return "table.cell(" .. table.concat(options, ", ") .. ")[" .. text .. "]"
end

-- Rows as Typst cells. A cell's column is counted from the left without regard to row spans, which is enough for
-- alignment because the columns' alignments come with the cells.
local function typst_rows(rows, columns, head_columns)
  local lines = {}
  for _, row in ipairs(rows) do
    local cells, position = {}, 1
    local group = row.attr.classes:includes("group-row")
    local heading = group and #columns or head_columns
    for index, cell in ipairs(row.cells) do
      local column = columns[position] and columns[position][1]
      table.insert(cells, typst_cell(cell, column, index <= heading))
      position = position + cell.col_span
    end
    local line = table.concat(cells, ", ")
    table.insert(lines, "  " .. (group and "table.header(level: 2, " .. line .. ")" or line) .. ",")
  end
  return table.concat(lines, "\n")
end

local function by_length(texts)
  table.sort(texts, function(one, other) return pandoc.text.len(one) < pandoc.text.len(other) end)
  return texts
end

local function longest(texts) return by_length(texts)[#texts] or "" end

-- What the columns of a table share the page by: the heading of each, its longest unbreakable text (numbers are not
-- broken), a long line (only one in ten is longer) and the longest.
local function texts_of_columns(element)
  local columns = {}
  for position = 1, #element.colspecs do columns[position] = { headings = {}, lines = {}, words = {} } end
  local function read(rows, heading)
    for _, row in ipairs(rows) do
      local position = 1
      for _, cell in ipairs(row.cells) do
        local column, text = columns[position], stringify(cell.contents)
        if cell.col_span == 1 and column and text ~= "" then
          local whole = not heading and cell_alignment(cell, element.colspecs[position][1]) == "right"
          for word in text:gsub("_", "_ "):gmatch(whole and ".+" or "%S+") do table.insert(column.words, word) end
          table.insert(heading and column.headings or column.lines, text)
        end
        position = position + cell.col_span
      end
    end
  end
  read(element.head.rows, true)
  for _, body in ipairs(element.bodies) do read(body.body, false) end
  local shown = {}
  for position, column in ipairs(columns) do
    local lines = by_length(column.lines)
    shown[position] = "(heading: " .. quoted(longest(column.headings)) .. ", word: " .. quoted(longest(column.words))
      .. ", line: " .. quoted(lines[math.ceil(0.9 * #lines)] or "") .. ", longest: " .. quoted(lines[#lines] or "") .. ")"
  end
  return "(" .. table.concat(shown, ", ") .. ",)"
end

local function typst_table(element)
  local columns = element.colspecs
  local head = typst_rows(element.head.rows, columns, #columns)
  local parts = {}
  if #element.head.rows > 0 then table.insert(parts, "  table.header(\n" .. head .. "\n  ),") end
  for _, body in ipairs(element.bodies) do
    if #body.head > 0 then table.insert(parts, typst_rows(body.head, columns, #columns)) end
    table.insert(parts, typst_rows(body.body, columns, 0))
  end
  if #element.foot.rows > 0 then table.insert(parts, typst_rows(element.foot.rows, columns, 0)) end
  return "#report-table(" .. texts_of_columns(element) .. ",\n" .. table.concat(parts, "\n") .. "\n)"
end

local function exhibit(kind, id, caption_blocks, body)
  local supplement, number, text = split_caption(caption_blocks)
  if number == "" then return raw_block(body .. "\n") end
  local options = {
    "kind: " .. (kind == "table" and "table" or "image"),
    "supplement: " .. quoted(supplement),
    "number: " .. quoted(number),
    "caption: [" .. typst_inlines(text) .. "]",
  }
  local mark = label(id)
  if mark ~= "" then table.insert(options, "name: " .. quoted(id)) end
  return raw_block("#exhibit(" .. table.concat(options, ", ") .. ")[\n" .. body .. "\n]\n")
end

local function first_of(blocks, kind)
  local found
  pandoc.Blocks(blocks):walk({ [kind] = function(element) found = found or element end })
  return found
end

local function typst_image(image)
  return "#drawing(" .. quoted(image.src) .. ", " .. quoted(stringify(image.caption)) .. ")"
end

local function figure(element)
  local tbl = first_of(element.content, "Table")
  if tbl then
    local note = pandoc.Blocks({})
    for _, block in ipairs(element.content) do
      if block.t == "Para" or block.t == "Plain" then note:insert(block) end
    end
    local body = typst_table(tbl)
    if #note > 0 then body = body .. "\n#table-note[" .. typst_inlines(pandoc.utils.blocks_to_inlines(note)) .. "]" end
    return exhibit("table", element.identifier, element.caption.long, body)
  end
  local image = first_of(element.content, "Image")
  if image then return exhibit("figure", element.identifier, element.caption.long, typst_image(image)) end
  return nil
end

local function callout(div)
  local title = table.remove(div.content, 1)
  local body = typst_blocks(blocks_to_typst(div.content))
  return raw_block("#callout([" .. typst_inlines(title.content) .. "])[\n" .. body .. "\n]\n")
end

local function heading(header, shift, ids)
  local number, text = "", pandoc.Inlines({})
  for _, inline in ipairs(header.content) do
    if inline.t == "Span" and inline.classes:includes("section-number") then
      number = stringify(inline):gsub("[%.%s]+$", "")
    else
      text:insert(inline)
    end
  end
  local level = math.max(1, header.level + shift)
  local line = "#numbered-heading(" .. level .. ", " .. quoted(number) .. ")[" .. typst_inlines(text) .. "]"
  local extra = ""
  for position, id in ipairs(ids) do
    if position == 1 then line = line .. label(id) else extra = extra .. anchor(id) end
  end
  return raw_block(line .. "\n" .. extra)
end

-- Sections and chapters are nested; ids of a section wait for its heading.
local function flatten(blocks, shift, ids, out)
  for _, block in ipairs(blocks) do
    local spans = (block.t == "Plain" or block.t == "Para") and block.content or nil
    if spans and #spans > 0 and stringify(block) == "" and not first_of({ block }, "Image") then
      for _, span in ipairs(spans) do
        if span.t == "Span" and targets[span.identifier] then table.insert(ids, span.identifier) end
      end
    elseif block.t == "Header" then
      out:insert(heading(block, shift, ids))
      while #ids > 0 do table.remove(ids) end
    elseif block.t == "Div" and not block.classes:includes("admonition") then
      if targets[block.identifier] then table.insert(ids, block.identifier) end
      flatten(block.content, block.classes:includes("toctree-wrapper") and -1 or shift, ids, out)
    else
      for _, id in ipairs(ids) do
        local mark = anchor(id)
        if mark ~= "" then out:insert(raw_block(mark)) end
      end
      while #ids > 0 do table.remove(ids) end
      out:extend(blocks_to_typst(pandoc.Blocks({ block })))
    end
  end
end

blocks_to_typst = function(blocks)
  local shown = pandoc.Blocks(blocks):walk({
    traverse = "topdown",
    Figure = function(element)
      local made = figure(element)
      if made then return made, false end
    end,
    Table = function(element)
      return exhibit("table", element.identifier, element.caption.long, typst_table(element)), false
    end,
    Div = function(div)
      if div.classes:includes("admonition") then return callout(div), false end
    end,
    Image = function(image) return raw(typst_image(image)), false end,
  })
  return shown:walk(inline_filter)
end

local function note_identifier(element)
  if element.identifier and element.identifier ~= "" then anchored[element.identifier] = true end
end

-- What the whole book links to and holds, where `doc` is one chapter of it.
local function read_links(file)
  local links = pandoc.json.decode(io.open(file):read("a"), false)
  for _, id in ipairs(links.targets) do targets[id] = true end
  for _, id in ipairs(links.anchored) do anchored[id] = true end
end

local function find_links(doc)
  doc:walk({
    Link = function(link)
      local id = local_target(link.target)
      if id then targets[id] = true end
    end,
  })
  doc:walk({ Div = note_identifier, Span = note_identifier, Header = note_identifier, Figure = note_identifier, Table = note_identifier })
end

function Pandoc(doc)
  local file = os.getenv("RESULTATBOK_LINKS")
  if file then read_links(file) else find_links(doc) end
  local out = pandoc.Blocks({})
  flatten(doc.blocks, 0, {}, out)
  return pandoc.Pandoc(out)
end
